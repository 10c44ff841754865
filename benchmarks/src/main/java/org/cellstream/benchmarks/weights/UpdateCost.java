package org.cellstream.benchmarks.weights;

import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.measure.Medians;
import org.cellstream.jobs.report.Report;

/**
 * What updates of a network cost.
 *
 * @param parameters of the network
 * @param bytes of an update on the weights topic
 * @param pauses milliseconds of silence before the first forecast of each new version
 * @param ordinary milliseconds of silence before the first forecast of most batches
 */
record UpdateCost(int parameters, long bytes, List<Double> pauses, double ordinary) {

    UpdateCost {
        if (pauses.isEmpty()) {
            throw new IllegalArgumentException(
                    "no update of %d parameters was served".formatted(parameters));
        }
    }

    double medianMillis() {
        return Medians.of(pauses);
    }

    private double mostMillis() {
        return pauses.stream().mapToDouble(p -> p).max().orElseThrow();
    }

    /** As {@code Parameters10300}. */
    String cell() {
        return "Parameters" + parameters;
    }

    void report(Report report) {
        report.put("pause" + cell() + "MillisecondsMedian", medianMillis())
                .put("pause" + cell() + "MillisecondsMax", mostMillis())
                .put("ordinaryPause" + cell() + "Milliseconds", ordinary)
                .put("updates" + cell(), pauses.size())
                .put("wire" + cell() + "Bytes", bytes);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%,12d parameters: %8.3f ms in the median of %d, %8.3f ms at most, %8.3f ms before an"
                        + " ordinary batch; %,d bytes on the wire",
                parameters,
                medianMillis(),
                pauses.size(),
                mostMillis(),
                ordinary,
                bytes);
    }
}
