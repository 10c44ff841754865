package org.cellstream.benchmarks.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.junit.jupiter.api.Test;

class GainsTest {

    @Test
    void comparesWhatEachSystemGainsRoundByRound() {
        Measurements rates = new Measurements("EventsPerSecond", Better.HIGHER);
        rates.add(OperatorCells.PARALLELISM_1, "noOp", 100);
        rates.add(OperatorCells.PARALLELISM_2, "noOp", 160);
        rates.add(OperatorCells.PARALLELISM_1, "ours", 50);
        rates.add(OperatorCells.PARALLELISM_2, "ours", 100);

        Measurements gains = Gains.of(rates);

        assertThat(gains.rounds(Gains.CELL, "noOp")).containsExactly(1.6);
        assertThat(gains.ratio(Gains.CELL, "ours", "noOp").orElseThrow().median()).isEqualTo(1.25);
    }
}
