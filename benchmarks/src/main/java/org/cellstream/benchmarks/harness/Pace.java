package org.cellstream.benchmarks.harness;

/**
 * How long systems are measured.
 *
 * @param warmUpMillis at least, of each before the first round of a cell
 * @param sliceMillis about, of each in each round
 * @param rounds that count
 */
public record Pace(long warmUpMillis, long sliceMillis, int rounds) {

    public Pace {
        if (sliceMillis < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "slices are %d ms, rounds %d; need at least 1 of each"
                            .formatted(sliceMillis, rounds));
        }
    }
}
