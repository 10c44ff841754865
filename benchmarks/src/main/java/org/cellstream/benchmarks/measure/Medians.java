package org.cellstream.benchmarks.measure;

import java.util.Arrays;
import java.util.List;

/** The middle of some numbers. */
public final class Medians {

    private Medians() {}

    public static double of(List<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there are no numbers " + Arrays.toString(sorted));
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
