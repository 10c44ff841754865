package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NaiveTest {

    private static final double[] TARGETS = {1, 3, 2, 8, 9, 0};

    @Test
    void isTheMeanChangeOfTheFirstTenth() {
        assertThat(Naive.unit(TARGETS, 3, 0)).isEqualTo((2 + 1) / 2.0);
    }

    @Test
    void isTheMeanChangeFromASeasonBefore() {
        assertThat(Naive.unit(TARGETS, 4, 2)).isEqualTo((1 + 5) / 2.0);
    }

    @Test
    void takesAllEventsWhereTheFirstTenthIsTooShortOrStandsStill() {
        assertThat(Naive.unit(TARGETS, 1, 0)).isEqualTo((2 + 1 + 6 + 1 + 9) / 5.0);
        assertThat(Naive.unit(new double[] {1, 1, 3}, 2, 0)).isEqualTo(1);
    }

    @Test
    void isNotANumberWhereNothingEverMoves() {
        assertThat(Naive.unit(new double[] {4, 4, 4}, 2, 0)).isNaN();
        assertThat(Naive.unit(new double[] {4}, 1, 0)).isNaN();
    }
}
