package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepperTest {

    private static final Network NETWORK = Network.of(3).lstm(21).lstm(5).dense(2);
    private static final int ROWS = 13;

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void batchEqualsRowByRowToTheBit(Kernels kernels) {
        Step batch = new Step(kernels, ROWS);
        Step single = new Step(kernels, 1);
        float[] x = TestingNumbers.floats(1, ROWS * NETWORK.inputs());
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());

        batch.run(x, state);

        for (int r = 0; r < ROWS; r++) {
            single.run(row(x, r), row(state, r));
            assertThat(row(batch.nextState, r)).isEqualTo(single.nextState);
            assertThat(row(batch.y, r)).isEqualTo(single.y);
        }
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void statesWhereverTheyLieGiveTheSameBits(Kernels kernels) {
        for (int units : new int[] {1, 16, 64, 70, 128, 256, 512}) {
            Network network = Network.of(3).lstm(units).dense(2);
            for (int rows : new int[] {1, 3, 4, 9}) {
                Stepper stepper = new Stepper(network, kernels, rows);
                stepper.load(Weights.seeded(network, 1));
                float[] x = TestingNumbers.floats(1, rows * 3);
                float[] state = TestingNumbers.floats(2, rows * network.stateSize());
                float[] expected = new float[state.length];
                float[] expectedY = new float[rows * 2];
                stepper.step(rows, x, state, expected, expectedY);
                TestingSlab slab = new TestingSlab(rows, network.stateSize());
                slab.fill(state);
                float[] before = slab.states.clone();
                float[] actual = new float[state.length];
                float[] actualY = new float[rows * 2];

                stepper.step(rows, x, slab.states, slab.at, actual, actualY);

                assertThat(actual).isEqualTo(expected);
                assertThat(actualY).isEqualTo(expectedY);
                assertThat(slab.states).isEqualTo(before);
            }
        }
    }

    @Test
    void warmingUpChangesNoBits() {
        Step warm = new Step(Kernels.best(), ROWS);
        Step cold = new Step(Kernels.best(), ROWS);
        float[] x = TestingNumbers.floats(1, ROWS * NETWORK.inputs());
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());

        warm.stepper.warmUp();

        warm.run(x, state);
        cold.run(x, state);
        assertThat(warm.nextState).isEqualTo(cold.nextState);
        assertThat(warm.y).isEqualTo(cold.y);
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void rowsMayShareAState(Kernels kernels) {
        Step shared = new Step(kernels, ROWS);
        Step single = new Step(kernels, 1);
        float[] x = TestingNumbers.floats(1, ROWS * NETWORK.inputs());
        float[] state = TestingNumbers.floats(2, 7 + NETWORK.stateSize());
        int[] at = new int[ROWS];
        Arrays.fill(at, 7);

        shared.stepper.step(ROWS, x, state, at, shared.nextState, shared.y);

        for (int r = 0; r < ROWS; r++) {
            single.run(row(x, r), Arrays.copyOfRange(state, 7, state.length));
            assertThat(row(shared.nextState, r)).isEqualTo(single.nextState);
            assertThat(row(shared.y, r)).isEqualTo(single.y);
        }
    }

    @Test
    void saysWhichStateReachesBeyondItsArray() {
        Step step = new Step(Kernels.best(), 2);
        Stepper stepper = step.stepper;
        float[] x = new float[6];
        float[] states = new float[120];
        float[] next = step.nextState;

        stepper.step(2, x, states, new int[] {68, 0}, next, step.y);

        assertThatThrownBy(() -> stepper.step(2, x, states, new int[] {68, 69}, next, step.y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "state of row 1 is at 69;"
                                + " need 0 or more, and 52 floats from there in states, which has 120");
        assertThatThrownBy(() -> stepper.step(2, x, states, new int[] {-1, 0}, next, step.y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "state of row 0 is at -1;"
                                + " need 0 or more, and 52 floats from there in states, which has 120");
        assertThatThrownBy(() -> stepper.step(2, x, states, new int[1], next, step.y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at has 1 places; need at least 2");
        assertThatThrownBy(() -> stepper.step(1, x, next, new int[1], next, step.y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nextState is states; need two arrays");
        assertThatThrownBy(() -> stepper.step(2, x, states, new int[2], new float[1], step.y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nextState has 1 floats; need at least [2, 52]");
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void unrollEqualsStepsToTheBit(Kernels kernels) {
        int steps = 9;
        Step step = new Step(kernels, ROWS);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        float[] end = new float[state.length];
        Activations kept = new Activations(NETWORK, steps, ROWS);
        float[] x = TestingNumbers.floats(1, kept.inputs().length);
        System.arraycopy(x, 0, kept.inputs(), 0, x.length);

        step.stepper.unroll(ROWS, state, kept, end);

        LstmActivations first = (LstmActivations) kept.layer(0);
        LstmActivations second = (LstmActivations) kept.layer(1);
        for (int t = 0; t < steps; t++) {
            step.run(time(x, t, steps), state);
            state = step.nextState.clone();
            assertThat(time(kept.layer(2).outputs(), t, steps)).isEqualTo(step.y);
            assertThat(kept.layer(0).outputs()[t * ROWS * 21]).isEqualTo(state[0]);
            assertThat(first.cells()[t * ROWS * 21]).isEqualTo(state[21]);
            assertThat(kept.layer(1).outputs()[t * ROWS * 5]).isEqualTo(state[42]);
            assertThat(second.cells()[t * ROWS * 5]).isEqualTo(state[47]);
        }
        assertThat(end).isEqualTo(state);
    }

    @Test
    void unrollMayWriteItsEndOverItsStart() {
        Step step = new Step(Kernels.best(), ROWS);
        Activations kept = new Activations(NETWORK, 2, ROWS);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        float[] end = new float[state.length];
        step.stepper.unroll(ROWS, state, kept, end);

        step.stepper.unroll(ROWS, state, kept, state);

        assertThat(state).isEqualTo(end);
    }

    @Test
    void windowWithoutStepsEndsWhereItStarts() {
        Step step = new Step(Kernels.best(), ROWS);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        float[] end = new float[state.length];

        step.stepper.unroll(ROWS, state, new Activations(NETWORK, 0, ROWS), end);

        assertThat(end).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void notANumberStaysInItsRow(Kernels kernels) {
        Step step = new Step(kernels, ROWS);
        float[] x = TestingNumbers.floats(1, ROWS * NETWORK.inputs());
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        step.run(x, state);
        float[] nextState = step.nextState.clone();
        float[] y = step.y.clone();
        x[6 * NETWORK.inputs() + 1] = Float.NaN;

        step.run(x, state);

        for (int r = 0; r < ROWS; r++) {
            if (r == 6) {
                assertThat(row(step.nextState, r)).containsOnly(Float.NaN);
                assertThat(row(step.y, r)).containsOnly(Float.NaN);
            } else {
                assertThat(row(step.nextState, r)).isEqualTo(row(nextState, r));
                assertThat(row(step.y, r)).isEqualTo(row(y, r));
            }
        }
    }

    @Test
    void readsItsArraysAndLeavesRowsBeyondAlone() {
        Step step = new Step(Kernels.best(), ROWS);
        float[] x = TestingNumbers.floats(1, ROWS * NETWORK.inputs());
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        Arrays.fill(step.nextState, 7);
        Arrays.fill(step.y, 7);

        step.stepper.step(ROWS - 1, x, state, step.nextState, step.y);

        assertThat(x).isEqualTo(TestingNumbers.floats(1, x.length));
        assertThat(state).isEqualTo(TestingNumbers.floats(2, state.length));
        assertThat(row(step.nextState, ROWS - 1)).containsOnly(7);
        assertThat(row(step.y, ROWS - 1)).containsOnly(7);
    }

    @Test
    void newWeightsReplaceOldOnes() {
        Step step = new Step(Kernels.best(), 1);
        float[] x = {1, 2, 3};
        float[] state = new float[NETWORK.stateSize()];
        step.run(x, state);
        float[] first = step.y.clone();
        step.stepper.load(Weights.seeded(NETWORK, 2));

        step.stepper.load(Weights.seeded(NETWORK, 1));

        step.run(x, state);
        assertThat(step.y).isEqualTo(first);
    }

    @Test
    void networkWithoutLayersHandsItsInputThrough() {
        Network network = Network.of(2);
        Stepper stepper = new Stepper(network, Kernels.best(), 1);
        stepper.load(Weights.seeded(network, 1));
        float[] y = new float[2];

        stepper.step(1, new float[] {3, 4}, new float[0], new float[0], y);

        assertThat(y).containsExactly(3, 4);
    }

    @Test
    void networkMayEndInAnLstm() {
        Network network = Network.of(2).dense(3).lstm(4);
        Stepper stepper = new Stepper(network, Kernels.best(), 1);
        stepper.load(Weights.seeded(network, 1));
        float[] nextState = new float[8];
        float[] y = new float[4];

        stepper.step(1, new float[] {3, 4}, new float[8], nextState, y);

        assertThat(y).isEqualTo(Arrays.copyOf(nextState, 4)).doesNotContain(0);
    }

    @Test
    void saysWhatIsWrong() {
        Step step = new Step(Kernels.best(), 2);
        Stepper stepper = step.stepper;
        float[] state = new float[2 * 52];
        Stepper empty = new Stepper(NETWORK, Kernels.best(), 2);

        assertThatThrownBy(() -> new Stepper(NETWORK, Kernels.best(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRows is 0; need at least 1");
        assertThatThrownBy(() -> empty.step(1, new float[3], state, state.clone(), new float[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no weights are loaded; call load first");
        assertThatThrownBy(() -> stepper.load(Weights.seeded(Network.of(1).dense(1), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "weights are for dense(1) over 1 input;"
                                + " this stepper runs lstm(21) lstm(5) dense(2) over 3 inputs");
        assertThatThrownBy(() -> stepper.step(3, new float[9], state, state, new float[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows is 3; this stepper takes 0 to 2");
        assertThatThrownBy(() -> stepper.step(2, new float[6], state, state, new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nextState is state; need two arrays");
        assertThatThrownBy(() -> stepper.step(2, new float[5], state, state.clone(), new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x has 5 floats; need at least [2, 3]");
        assertThatThrownBy(() -> stepper.unroll(2, state, new Activations(NETWORK, 1, 1), state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "activations are for 1 rows of lstm(21) lstm(5) dense(2) over 3 inputs;"
                                + " need 2 rows of lstm(21) lstm(5) dense(2) over 3 inputs");
    }

    /** A loaded stepper with room for results. */
    private static final class Step {

        final Stepper stepper;
        final int rows;
        final float[] nextState;
        final float[] y;

        Step(Kernels kernels, int rows) {
            this.stepper = new Stepper(NETWORK, kernels, rows);
            this.rows = rows;
            this.nextState = new float[rows * NETWORK.stateSize()];
            this.y = new float[rows * NETWORK.outputs()];
            stepper.load(Weights.seeded(NETWORK, 1));
        }

        void run(float[] x, float[] state) {
            stepper.step(rows, x, state, nextState, y);
        }
    }

    private static float[] row(float[] rows, int r) {
        int width = rows.length / ROWS;
        return Arrays.copyOfRange(rows, r * width, (r + 1) * width);
    }

    private static float[] time(float[] window, int t, int steps) {
        int size = window.length / steps;
        return Arrays.copyOfRange(window, t * size, (t + 1) * size);
    }
}
