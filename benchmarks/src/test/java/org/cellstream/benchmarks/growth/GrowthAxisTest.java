package org.cellstream.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthAxisTest {

    @ParameterizedTest
    @EnumSource
    void changesOneThingFromPointToPoint(GrowthAxis axis) {
        int first = axis.points(true).get(0);
        int second = axis.points(true).get(1);

        boolean sameJob = axis.spec(first).equals(axis.spec(second));

        assertThat(sameJob).isEqualTo(axis == GrowthAxis.KEYS);
        assertThat(axis.cell(first)).isNotEqualTo(axis.cell(second));
        assertThat(axis.points(false)).containsAll(axis.points(true));
    }
}
