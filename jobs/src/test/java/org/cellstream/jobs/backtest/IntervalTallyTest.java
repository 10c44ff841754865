package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTallyTest {

    private static final double EXACT = 1e-12;

    @Test
    void countsEventsBetweenTheEndsAndOnThem() {
        IntervalTally tally = new IntervalTally(0.8);

        tally.add(5, 4, 6, 5);
        tally.add(4, 4, 6, 5);
        tally.add(6, 4, 6, 5);
        tally.add(7, 4, 8, 6);
        tally.add(3, 4, 6, 5);

        assertThat(tally.count()).isEqualTo(5);
        assertThat(tally.coverage()).isCloseTo(0.8, within(EXACT));
        assertThat(tally.meanWidth()).isCloseTo((2 + 2 + 2 + 4 + 2) / 5.0, within(EXACT));
    }

    @Test
    void passesOverEventsWithoutAnInterval() {
        IntervalTally tally = new IntervalTally(0.8);

        tally.add(5, Double.NaN, Double.NaN, 5);
        tally.add(Double.NaN, 4, 6, 5);

        assertThat(tally.count()).isZero();
        assertThat(tally.coverage()).isNaN();
        assertThat(tally.meanWidth()).isNaN();
    }

    @Test
    void weighsAQuantilesErrorsByItsLevel() {
        assertThat(IntervalTally.pinball(5, 3, 0.1)).isCloseTo(0.2, within(EXACT));
        assertThat(IntervalTally.pinball(3, 5, 0.1)).isCloseTo(1.8, within(EXACT));
        assertThat(IntervalTally.pinball(3, 3, 0.1)).isZero();
    }

    @Test
    void takesTheMeanPinballLossOfBothEndsAndThePoint() {
        IntervalTally tally = new IntervalTally(0.8);

        tally.add(10, 7, 9, 8);

        // Levels 0.1, 0.5 and 0.9, and the target above all three.
        assertThat(tally.pinball()).isCloseTo((0.1 * 3 + 0.5 * 2 + 0.9 * 1) / 3, within(EXACT));
    }

    @Test
    void addsUpWhatOthersHaveCounted() {
        IntervalTally all = new IntervalTally(0.8);
        for (int i = 0; i < 3; i++) {
            IntervalTally one = new IntervalTally(0.8);
            one.add(5, 4, 6 + i, 5);
            all.add(one);
        }

        assertThat(all.count()).isEqualTo(3);
        assertThat(all.meanWidth()).isEqualTo(3);
    }
}
