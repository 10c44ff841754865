package org.cellstream.benchmarks.operator;

import java.util.Locale;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.jobs.report.Report;

/** What is allocated for an event. */
final class BytesReport {

    private BytesReport() {}

    /** Puts the median of each cell and system, as {@code bytesPerEventOursKeys400}. */
    static void put(Report report, Measurements bytes) {
        for (String cell : bytes.cells()) {
            for (String system : bytes.systems()) {
                String name = system.substring(0, 1).toUpperCase(Locale.ROOT) + system.substring(1);
                bytes.spread(cell, system)
                        .ifPresent(b -> report.put("bytesPerEvent" + name + cell, b.median()));
            }
        }
    }
}
