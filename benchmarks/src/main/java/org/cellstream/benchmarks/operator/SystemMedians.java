package org.cellstream.benchmarks.operator;

import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.jobs.report.Report;

/** Numbers of each system that nobody compares. */
final class SystemMedians {

    private SystemMedians() {}

    /** Puts the median of each cell and system, as {@code oursKeys400CheckpointMilliseconds}. */
    static void put(Report report, Measurements numbers) {
        for (String cell : numbers.cells()) {
            for (String system : numbers.systems()) {
                String name = system + cell + numbers.unit();
                numbers.spread(cell, system).ifPresent(n -> report.put(name, n.median()));
            }
        }
    }
}
