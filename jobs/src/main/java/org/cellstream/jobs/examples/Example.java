package org.cellstream.jobs.examples;

import java.util.List;
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
                        .formatted(
                                name,
                                all().stream()
                                        .map(Example::name)
                                        .collect(Collectors.joining(", "))));
    }

    /** The word for it. */
    String name();

    /**
     * Runs it.
     *
     * @throws WrongInputException if the settings lack something, or a file is not what it has to
     *     be
     */
    ExampleResult run(ExampleSettings settings) throws Exception;
}
