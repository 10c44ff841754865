package org.cellstream.jobs.examples;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.replay.WrongInputException;

/** A well-known problem, worked. */
@Internal
public interface Example {

    /** All examples. */
    static List<Example> all() {
        return List.of(
                new CosExample(),
                new AirlineExample(),
                new ReverseExample(),
                new AlphabetExample(),
                new TextExample(),
                new StocksExample());
    }

    /**
     * The example of a name.
     *
     * @throws WrongInputException if there is none; it lists those there are
     */
    static Example of(String name) throws WrongInputException {
        for (Example example : all()) {
            if (example.name().equals(name)) {
                return example;
            }
        }
        throw new WrongInputException(
                "there is no example \"%s\"; need one of %s"
                        .formatted(name, names(example -> true)));
    }

    /** The word for it. */
    String name();

    /** Whether it reads the file of {@link ExampleSettings#csv}. */
    default boolean readsFile() {
        return false;
    }

    /**
     * Checks that a file is given to an example that reads one.
     *
     * @throws WrongInputException if it reads none; it lists those that do
     */
    default void check(ExampleSettings settings) throws WrongInputException {
        if (settings.csv() != null && !readsFile()) {
            throw new WrongInputException(
                    "%s reads no file; --csv %s is for one of %s"
                            .formatted(name(), settings.csv(), names(Example::readsFile)));
        }
    }

    private static String names(Predicate<Example> which) {
        return all().stream().filter(which).map(Example::name).collect(Collectors.joining(", "));
    }

    /**
     * Runs it.
     *
     * @throws WrongInputException if the settings lack something, or a file is not what it has to
     *     be
     */
    ExampleResult run(ExampleSettings settings) throws Exception;
}
