package org.cellstream.jobs.examples;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.report.TextTable;

/**
 * What an example shows.
 *
 * @param table numbers, one row a network or a rule it is compared with
 * @param networks those that were run, and how they are written
 * @param picture what the numbers look like
 */
@Internal
public record ExampleResult(TextTable table, List<ExampleNetwork> networks, Picture picture) {

    public ExampleResult {
        networks = List.copyOf(networks);
    }
}
