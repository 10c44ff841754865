package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What rounding h and c after every step does to the output of {@code lstm(64) dense(1)} over 4
 * inputs: 10,000 steps of 16 keys, absolute differences to the same steps without rounding.
 *
 * <pre>{@code
 * weights                          mean output    bfloat16 mean, largest    float16 mean, largest
 * new                                     0.20         0.00050    0.0034     0.000063     0.00044
 * cells keep 0.95, half of W_hh           0.36         0.0034     0.072      0.00042      0.0078
 * cells keep 0.95, all of W_hh            0.49         0.50       3.2        0.48         3.5
 * }</pre>
 *
 * <p>The last network is unstable: it amplifies whatever differs, and a millionth added once to one
 * unit drives it as far. What parking adds is small only where a network forgets.
 *
 * <p>The numbers are the same on every machine, as all bits are; a limit is the measured number
 * with a quarter of room, so that other first weights or another order of sums still fit.
 */
class ParkedPrecisionTest {

    private static final Network NETWORK = Network.of(4).lstm(64).dense(1);
    private static final int ROWS = 16;
    private static final int STEPS = 10_000;
    private static final int TENTHS = 10;

    private static final Net NEW = new Net(1, 1);
    private static final Net LONGER_MEMORY = new Net(3, 0.5f);
    private static final Net UNSTABLE = new Net(3, 1);

    private static final double ROOM = 1.25;

    /** float16 has three bits of precision more; the differences here are 7.9 and 8.1 times. */
    private static final double RATIO = 8;

    private static final double RATIO_ROOM = 1;

    /** Of means over tenths of the steps: an error that piles up would double many times. */
    private static final double GROWTH = 1.5;

    @Test
    void newNetworkHardlyDiffers() {
        Difference bfloat16 = NEW.parked(Precision.BFLOAT16);
        Difference float16 = NEW.parked(Precision.FLOAT16);

        assertThat(bfloat16.mean()).isLessThan(ROOM * 0.00050);
        assertThat(bfloat16.largest()).isLessThan(ROOM * 0.0034);
        assertThat(float16.mean()).isLessThan(ROOM * 0.000063);
        assertThat(float16.largest()).isLessThan(ROOM * 0.00044);
        assertThat(bfloat16.mean() / float16.mean()).isCloseTo(RATIO, within(RATIO_ROOM));
    }

    @Test
    void networkWithLongerMemoryDiffersByAPercentOrAThousandth() {
        Difference bfloat16 = LONGER_MEMORY.parked(Precision.BFLOAT16);
        Difference float16 = LONGER_MEMORY.parked(Precision.FLOAT16);

        assertThat(bfloat16.mean()).isLessThan(ROOM * 0.0034);
        assertThat(bfloat16.largest()).isLessThan(ROOM * 0.072);
        assertThat(float16.mean()).isLessThan(ROOM * 0.00042);
        assertThat(float16.largest()).isLessThan(ROOM * 0.0078);
        assertThat(bfloat16.mean() / float16.mean()).isCloseTo(RATIO, within(RATIO_ROOM));
    }

    @Test
    void differenceDoesNotPileUp() {
        for (Net net : new Net[] {NEW, LONGER_MEMORY}) {
            for (Precision precision : new Precision[] {Precision.BFLOAT16, Precision.FLOAT16}) {
                Difference difference = net.parked(precision);

                assertThat(difference.lastTenth())
                        .isLessThan(GROWTH * difference.firstTenth())
                        .isPositive();
            }
        }
    }

    @Test
    void unstableNetworkDepartsAltogetherAsItDoesFromAMillionth() {
        double size = UNSTABLE.nudged(0).largestOutput();

        double parked = UNSTABLE.parked(Precision.FLOAT16).largest();
        double nudged = UNSTABLE.nudged(1e-6f).largest();

        assertThat(parked).isGreaterThan(size / 2);
        assertThat(nudged).isGreaterThan(size / 2);
        assertThat(LONGER_MEMORY.nudged(1e-6f).largest()).isLessThan(1e-5);
    }

    @Test
    void fullPrecisionAddsNothing() {
        assertThat(LONGER_MEMORY.parked(Precision.FLOAT32).largest()).isZero();
    }

    /** Of outputs, over all rows and steps; tenths are of the steps. */
    private record Difference(
            double largest,
            double mean,
            double firstTenth,
            double lastTenth,
            double largestOutput) {

        static Difference of(float[] actual, float[] expected) {
            int tenth = expected.length / TENTHS;
            double largest = 0;
            double largestOutput = 0;
            double[] means = new double[TENTHS];
            for (int i = 0; i < expected.length; i++) {
                double difference = Math.abs((double) actual[i] - expected[i]);
                largest = Math.max(largest, difference);
                largestOutput = Math.max(largestOutput, Math.abs(expected[i]));
                means[i / tenth] += difference / tenth;
            }
            double mean = Arrays.stream(means).sum() / TENTHS;
            return new Difference(largest, mean, means[0], means[TENTHS - 1], largestOutput);
        }
    }

    /**
     * New weights, changed.
     *
     * @param forgetBias 1 keeps about 0.73 of a cell in a step, 3 about 0.95
     * @param recurrent what the weights over h are multiplied by
     */
    private record Net(float forgetBias, float recurrent) {

        Difference parked(Precision precision) {
            return Difference.of(outputs(precision, 0), outputs(Precision.FLOAT32, 0));
        }

        /** Without rounding, but with so much added to one unit of one key after the first step. */
        Difference nudged(float nudge) {
            return Difference.of(outputs(Precision.FLOAT32, nudge), outputs(Precision.FLOAT32, 0));
        }

        /** Outputs {@code [STEPS, ROWS]} for inputs that wander about 0 with a deviation of 1. */
        private float[] outputs(Precision precision, float nudge) {
            Stepper stepper = new Stepper(NETWORK, Kernels.best(), ROWS);
            stepper.load(weights());
            SplittableRandom random = new SplittableRandom(3);
            float[] x = new float[ROWS * NETWORK.inputs()];
            float[] state = new float[ROWS * NETWORK.stateSize()];
            float[] next = new float[state.length];
            float[] y = new float[ROWS];
            float[] outputs = new float[STEPS * ROWS];
            for (int t = 0; t < STEPS; t++) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) (0.9 * x[i] + 0.436 * random.nextGaussian());
                }
                stepper.step(ROWS, x, state, next, y);
                precision.round(next, 0, next.length);
                next[0] += t == 0 ? nudge : 0;
                System.arraycopy(y, 0, outputs, t * ROWS, ROWS);
                System.arraycopy(next, 0, state, 0, next.length);
            }
            return outputs;
        }

        private Weights weights() {
            int units = NETWORK.outputsOf(0);
            float[] values = Weights.seeded(NETWORK, 1).values();
            int forget = NETWORK.parameters().offset("lstm.bias_ih_l0") + units;
            Arrays.fill(values, forget, forget + units, forgetBias);
            int weightHh = NETWORK.parameters().offset("lstm.weight_hh_l0");
            for (int i = weightHh; i < weightHh + 4 * units * units; i++) {
                values[i] *= recurrent;
            }
            return new Weights(NETWORK, values);
        }
    }
}
