package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

    private static final double MEAN = 0.8;
    private static final double DEVIATION = 0.05;

    private final Random random = new Random(11);
    private final DriftDetector detector = new DriftDetector(3, DriftState.NEW);

    private double error(double mean) {
        return mean + DEVIATION * random.nextGaussian();
    }

    private int driftsIn(int minibatches, double mean) {
        int drifts = 0;
        for (int i = 0; i < minibatches; i++) {
            drifts += detector.drifts(error(mean)) ? 1 : 0;
        }
        return drifts;
    }

    @Test
    void errorsThatStayAsTheyAreAreNoDrift() {
        assertThat(driftsIn(5_000, MEAN)).isLessThanOrEqualTo(1);
    }

    @Test
    void largerErrorsAreFoundWithinAFewMinibatches() {
        driftsIn(200, MEAN);
        long before = detector.state().drifts();
        int minibatches = 1;
        while (!detector.drifts(error(MEAN + 2 * DEVIATION))) {
            minibatches++;
        }

        assertThat(minibatches).isBetween(4, 15);
        assertThat(detector.state().drifts()).isEqualTo(before + 1);
        assertThat(detector.before()).isBetween(MEAN - DEVIATION, MEAN + DEVIATION);
    }

    @Test
    void oneOutlierIsNoDrift() {
        driftsIn(100, MEAN);

        assertThat(detector.drifts(1e9)).isFalse();
    }

    @Test
    void smallerErrorsAreNoDrift() {
        driftsIn(100, MEAN);

        assertThat(driftsIn(200, MEAN - 2 * DEVIATION)).isZero();
    }

    @Test
    void whatIsNoNumberIsPassedOver() {
        driftsIn(100, MEAN);
        DriftState before = detector.state();

        assertThat(detector.drifts(Double.NaN)).isFalse();

        assertThat(detector.state()).isEqualTo(before);
    }

    @Test
    void boostFallsBackInALine() {
        assertThat(detector.boost()).isEqualTo(1);
        driftsIn(100, MEAN);
        while (!detector.drifts(error(2 * MEAN))) {
            assertThat(detector.boost()).isEqualTo(1);
        }
        assertThat(detector.boost()).isEqualTo(3);

        driftsIn(DriftDetector.BOOSTED / 2, MEAN);

        assertThat(detector.boost()).isEqualTo(2);
        driftsIn(DriftDetector.BOOSTED / 2, MEAN);
        assertThat(detector.boost()).isEqualTo(1);
    }

    @Test
    void restoredDetectorGoesOnAsIfNeverStopped() {
        driftsIn(77, MEAN);
        DriftDetector restored = new DriftDetector(3, detector.state());

        for (int i = 0; i < 100; i++) {
            double error = error(i < 50 ? MEAN : 2 * MEAN);
            assertThat(restored.drifts(error)).isEqualTo(detector.drifts(error));
        }

        assertThat(restored.state()).isEqualTo(detector.state());
    }
}
