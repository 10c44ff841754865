package org.cellstream.jobs.examples;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

/**
 * A network of an example: what it is called, and the options that define it.
 *
 * @param title what the table calls it
 * @param options keys and values, in the order in which they are shown
 */
@Internal
public record ExampleNetwork(String title, Map<String, String> options) {

    public ExampleNetwork {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** The same with one more option, or another value of one. */
    ExampleNetwork with(String option, Object value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put("cellstream." + option, value.toString());
        return new ExampleNetwork(title, more);
    }

    /**
     * A network that learns from each window when it comes, and is published as it has learned:
     * examples say themselves how often they show what there is, and are judged once.
     */
    static ExampleNetwork titled(String title) {
        return new ExampleNetwork(title, Map.of())
                .with("training.steps-per-minibatch", 1)
                .with("training.replay-steps", 0)
                .with("training.gate", false)
                // Passes over the same series are no population of keys.
                .with("standardisation.prior", 0);
    }

    Configuration configuration() {
        return Configuration.fromMap(options);
    }

    /** The lines of code that define it. */
    public String code() {
        StringBuilder code = new StringBuilder("// " + title + "\n");
        code.append("Configuration options = new Configuration();\n");
        options.forEach(
                (option, value) ->
                        code.append(
                                "options.setString(\"%s\", \"%s\");\n".formatted(option, value)));
        code.append("KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);\n");
        return code.toString();
    }
}
