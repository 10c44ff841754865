package org.cellstream.benchmarks.latency;

import java.util.List;

/** Whether something happened while something else did. */
final class Overlap {

    private Overlap() {}

    /** Whether the time from {@code from} to {@code to} has a moment of any of the others in it. */
    static boolean any(double from, double to, List<Double> begun, List<Double> ended) {
        for (int i = 0; i < begun.size(); i++) {
            if (from <= ended.get(i) && to >= begun.get(i)) {
                return true;
            }
        }
        return false;
    }
}
