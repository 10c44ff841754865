package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistenceIntervalsTest {

    @Test
    void liesAroundTheLastValueOnceErrorsAreKnown() {
        double[] targets = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

        Band band = new PersistenceIntervals(0.9).of(targets);

        assertThat(band.low()[1]).isNaN();
        assertThat((band.low()[15] + band.high()[15]) / 2).isCloseTo(targets[14], within(1e-9));
        assertThat(band.high()[15] - band.low()[15]).isPositive();
    }

    /** 20,000 events: the share has a standard deviation of 0.002. */
    @Test
    void holdsWhatItPromises() {
        Random random = new Random(1);
        double[] walk = new double[20_000];
        for (int i = 1; i < walk.length; i++) {
            walk[i] = walk[i - 1] + random.nextGaussian();
        }

        Band band = new PersistenceIntervals(0.9).of(walk);

        IntervalTally tally = new IntervalTally(0.9);
        for (int i = 1; i < walk.length; i++) {
            tally.add(walk[i], band.low()[i], band.high()[i], walk[i - 1]);
        }
        assertThat(tally.coverage()).isCloseTo(0.9, within(0.01));
        // 90% of Gaussian steps are within 1.645 of 0.
        assertThat(tally.meanWidth()).isCloseTo(2 * 1.645, within(0.25));
    }
}
