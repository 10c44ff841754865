package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Path;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What runs with a cluster have in common. */
final class RunArguments {

    @Option(
            names = "--training",
            description = "The job learns; weights take effect by event time.")
    private boolean training;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws events and moments; default 1.")
    private long seed = 1;

    @Option(names = "--keep", description = "Keeps the folder with logs and data.")
    private boolean keep;

    @Option(names = "--report", paramLabel = "F", description = "Writes the numbers as JSON.")
    private @Nullable Path report;

    boolean training() {
        return training;
    }

    long seed() {
        return seed;
    }

    boolean keep() {
        return keep;
    }

    void write(Report numbers) throws IOException {
        if (report != null) {
            numbers.write(report);
        }
    }
}
