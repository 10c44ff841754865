package org.cellstream.benchmarks.operator;

import java.util.List;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;

/** What a second subtask brings: the rate of two by that of one, round by round. */
final class Gains {

    static final String CELL = "OfParallelism2";
    static final String UNIT = "Gain";

    private Gains() {}

    static Measurements of(Measurements rates) {
        Measurements gains = new Measurements(UNIT, Better.HIGHER);
        for (String system : rates.systems()) {
            List<Double> one = rates.rounds(OperatorCells.PARALLELISM_1, system);
            List<Double> two = rates.rounds(OperatorCells.PARALLELISM_2, system);
            for (int round = 0; round < Math.min(one.size(), two.size()); round++) {
                gains.add(CELL, system, two.get(round) / one.get(round));
            }
        }
        return gains;
    }
}
