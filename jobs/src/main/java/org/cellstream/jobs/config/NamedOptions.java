package org.cellstream.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

/** Options of a job that are given one by one, by their names, beside arguments of a command. */
@Internal
public final class NamedOptions {

    private NamedOptions() {}

    /**
     * Adds options to those of the arguments. Their values are not checked here.
     *
     * @param given values by names
     * @param arguments of options that have an argument of their own, its name
     * @throws WrongConfigException if there is no option of a name, or it has an argument
     */
    public static void add(
            Map<String, String> given, Map<String, String> arguments, Configuration options) {
        List<Mistake> mistakes = new ArrayList<>();
        given.forEach(
                (key, value) -> {
                    String argument = arguments.get(key);
                    if (!KnownKeys.contains(key)) {
                        mistakes.add(KnownKeys.unknown(key, "names start with cellstream."));
                    } else if (argument != null) {
                        mistakes.add(
                                new Mistake(
                                        key,
                                        "-D %s=%s; need the argument %s"
                                                .formatted(key, value, argument)));
                    } else {
                        options.setString(key, value);
                    }
                });
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException("the options", mistakes);
        }
    }
}
