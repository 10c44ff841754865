package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GRUs, projected LSTMs and layers that read in both directions keep a stepper's promises. */
class RecurrentLayersTest {

    private static final int INPUTS = 3;
    private static final int ROWS = 9;
    private static final int STEPS = 5;

    static Stream<Arguments> networksAndForms() {
        return Stream.of(
                        "gru(21) gru(5) dense(2)",
                        "gru(32)",
                        "gru(21, reset=before) gru(5, reset=before) dense(2)",
                        "gru(32, reset=before)",
                        "lstm(21, projection=5) lstm(32, projection=16)",
                        "lstm(7, projection=6) gru(3) dense(2)",
                        "lstm(9, dropout=0.5, recurrent-dropout=0.5)"
                                + " gru(5, dropout=0.5, recurrent-dropout=0.5)"
                                + " gru(5, reset=before, recurrent-dropout=0.5)",
                        "lstm(21, activation=relu) gru(5, recurrent-activation=hard_sigmoid)",
                        "gru(32, reset=before, activation=softsign) lstm(5, activation=elu)")
                .flatMap(
                        text ->
                                TestingKernels.forms()
                                        .map(
                                                form ->
                                                        Arguments.of(
                                                                Network.parse(text, INPUTS),
                                                                form)));
    }

    @ParameterizedTest
    @MethodSource("networksAndForms")
    void batchEqualsRowByRowToTheBit(Network network, Kernels kernels) {
        Stepper stepper = stepper(network, kernels);
        float[] x = TestingNumbers.floats(1, ROWS * INPUTS);
        float[] state = TestingNumbers.floats(2, ROWS * network.stateSize());
        float[] next = new float[state.length];
        float[] y = new float[ROWS * network.outputs()];

        stepper.step(ROWS, x, state, next, y);

        float[] nextOfOne = new float[network.stateSize()];
        float[] yOfOne = new float[network.outputs()];
        for (int r = 0; r < ROWS; r++) {
            stepper.step(1, row(x, r, ROWS), row(state, r, ROWS), nextOfOne, yOfOne);
            assertThat(nextOfOne).isEqualTo(row(next, r, ROWS));
            assertThat(yOfOne).isEqualTo(row(y, r, ROWS));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm(9%s)",
                "lstm(9, projection=5%s)",
                "gru(9%s)",
                "gru(9, reset=before%s)"
            })
    void servingDropsNothing(String layer) {
        Network dropping =
                Network.parse(layer.formatted(", dropout=0.5, recurrent-dropout=0.5"), INPUTS);
        Network plain = Network.parse(layer.formatted(""), INPUTS);
        float[] x = TestingNumbers.floats(1, ROWS * INPUTS);
        float[] state = TestingNumbers.floats(2, ROWS * plain.stateSize());
        float[] next = new float[state.length];
        float[] expected = new float[state.length];
        float[] y = new float[ROWS * plain.outputs()];

        stepper(dropping, Kernels.best()).step(ROWS, x, state, next, y);

        stepper(plain, Kernels.best()).step(ROWS, x, state, expected, y);
        assertThat(next).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm(9%s)", "gru(9%s)"})
    void dropsOnlyWhatItsMasksSay(String layer) {
        Network network =
                Network.parse(layer.formatted(", dropout=0.5, recurrent-dropout=0.5"), INPUTS);
        Activations kept = window(network);
        Stepper stepper = stepper(network, Kernels.best());
        float[] zeros = new float[ROWS * network.stateSize()];
        stepper.unroll(ROWS, zeros, kept, new float[zeros.length]);
        float[] whole = kept.layer(0).outputs().clone();
        int[] windows = new int[ROWS];
        Arrays.fill(windows, DropoutMasks.NO_WINDOW);
        windows[4] = 0;

        kept.drop(new DropoutMasks(1, 0, windows));
        stepper.unroll(ROWS, zeros, kept, new float[zeros.length]);

        for (int n = 0; n < STEPS * ROWS; n++) {
            float[] row = row(kept.layer(0).outputs(), n, STEPS * ROWS);
            boolean same = Arrays.equals(row, row(whole, n, STEPS * ROWS));
            assertThat(same).as("row %d", n).isEqualTo(n % ROWS != 4);
        }
    }

    @ParameterizedTest
    @MethodSource("networksAndForms")
    void unrollEqualsStepsToTheBit(Network network, Kernels kernels) {
        Stepper stepper = stepper(network, kernels);
        Activations kept = window(network);
        float[] state = TestingNumbers.floats(2, ROWS * network.stateSize());
        float[] end = state.clone();

        stepper.unroll(ROWS, end, kept, end);

        float[] y = new float[ROWS * network.outputs()];
        int top = network.layers().size() - 1;
        for (int t = 0; t < STEPS; t++) {
            float[] next = new float[state.length];
            stepper.step(ROWS, row(kept.inputs(), t, STEPS), state, next, y);
            assertThat(row(kept.layer(top).outputs(), t, STEPS)).isEqualTo(y);
            state = next;
        }
        assertThat(end).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("networksAndForms")
    void notANumberStaysInItsRow(Network network, Kernels kernels) {
        Stepper stepper = stepper(network, kernels);
        float[] x = TestingNumbers.floats(1, ROWS * INPUTS);
        float[] state = TestingNumbers.floats(2, ROWS * network.stateSize());
        float[] expected = new float[state.length];
        float[] actual = new float[state.length];
        float[] y = new float[ROWS * network.outputs()];
        stepper.step(ROWS, x, state, expected, y);
        x[6 * INPUTS + 1] = Float.NaN;

        stepper.step(ROWS, x, state, actual, y);

        for (int r = 0; r < ROWS; r++) {
            if (r == 6) {
                assertThat(row(actual, r, ROWS)).containsOnly(Float.NaN);
                assertThat(row(y, r, ROWS)).containsOnly(Float.NaN);
            } else {
                assertThat(row(actual, r, ROWS)).isEqualTo(row(expected, r, ROWS));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void backwardDirectionIsTheLayerOverTheReversedWindow(Kernels kernels) {
        Network both = Network.parse("bidirectional(lstm(21, projection=4))", INPUTS);
        Network one = Network.parse("lstm(21, projection=4)", INPUTS);
        float[] weights = Weights.seeded(both, 1).values();
        float[] ofReverse = Arrays.copyOfRange(weights, weights.length / 2, weights.length);
        Activations kept = window(both);
        Activations reversed = window(one);
        for (int t = 0; t < STEPS; t++) {
            copyRow(kept.inputs(), STEPS - 1 - t, reversed.inputs(), t, STEPS);
        }
        float[] state = TestingNumbers.floats(2, ROWS * both.stateSize());
        float[] end = new float[state.length];
        float[] reverseState = secondHalves(state);

        stepper(both, kernels).unroll(ROWS, state, kept, end);

        Stepper alone = new Stepper(one, kernels, ROWS);
        alone.load(new Weights(one, ofReverse));
        alone.unroll(ROWS, reverseState, reversed, reverseState);
        assertThat(secondHalves(end)).isEqualTo(reverseState);
        for (int n = 0; n < STEPS * ROWS; n++) {
            int mirrored = (STEPS - 1 - n / ROWS) * ROWS + n % ROWS;
            float[] y = row(kept.layer(0).outputs(), n, STEPS * ROWS);
            assertThat(Arrays.copyOfRange(y, 4, 8))
                    .isEqualTo(row(reversed.layer(0).outputs(), mirrored, STEPS * ROWS));
        }
    }

    @ParameterizedTest
    @EnumSource(Bidirectional.Merge.class)
    void directionsAreMergedElementByElement(Bidirectional.Merge merge) {
        Gru gru = new Gru(4, Gru.Reset.AFTER);
        Network network = Network.of(INPUTS).then(new Bidirectional(gru, merge));
        Network concat =
                Network.of(INPUTS).then(new Bidirectional(gru, Bidirectional.Merge.CONCAT));
        float[] state = TestingNumbers.floats(2, ROWS * network.stateSize());
        Activations apart = window(concat);
        stepper(concat, Kernels.best()).unroll(ROWS, state, apart, state.clone());
        Activations merged = window(network);

        stepper(network, Kernels.best()).unroll(ROWS, state, merged, state.clone());

        float[] outputs = apart.layer(0).outputs();
        for (int n = 0; n < STEPS * ROWS; n++) {
            for (int j = 0; j < 4; j++) {
                float f = outputs[8 * n + j];
                float b = outputs[8 * n + 4 + j];
                float expected =
                        Map.of(
                                        Bidirectional.Merge.CONCAT,
                                        f,
                                        Bidirectional.Merge.SUM,
                                        f + b,
                                        Bidirectional.Merge.AVERAGE,
                                        (f + b) / 2,
                                        Bidirectional.Merge.MULTIPLY,
                                        f * b)
                                .get(merge);
                int width = network.outputs();
                assertThat(merged.layer(0).outputs()[width * n + j]).isEqualTo(expected);
            }
        }
    }

    @Test
    void windowWithoutStepsEndsWhereItStarts() {
        Network network = Network.parse("bidirectional(gru(2)) gru(3) lstm(3, projection=1)", 2);
        float[] state = TestingNumbers.floats(2, ROWS * network.stateSize());
        float[] end = new float[state.length];

        stepper(network, Kernels.best())
                .unroll(ROWS, state, new Activations(network, 0, ROWS), end);

        assertThat(end).isEqualTo(state);
    }

    @Test
    void networkThatReadsWholeWindowsIsNotStepped() {
        Network network = Network.parse("bidirectional(gru(2), merge=sum) dense(1)", 1);
        Stepper stepper = stepper(network, Kernels.best());

        assertThatThrownBy(
                        () ->
                                stepper.step(
                                        1, new float[1], new float[4], new float[4], new float[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bidirectional(gru(2), merge=sum) reads a whole window, also backwards from"
                                + " its end; a step at a time there is no future to read, so this"
                                + " network can only be run over windows");
    }

    @Test
    void parametersHavePyTorchsNamesAndShapes() {
        Network network =
                Network.parse(
                        "gru(2) gru(2, reset=before) bidirectional(lstm(3, projection=2))", 4);

        assertThat(network.parameters().list())
                .containsExactly(
                        new Parameter("gru.weight_ih_l0", 6, 4),
                        new Parameter("gru.weight_hh_l0", 6, 2),
                        new Parameter("gru.bias_ih_l0", 6, 1),
                        new Parameter("gru.bias_hh_l0", 6, 1),
                        new Parameter("gru_1.weight_ih_l0", 6, 2),
                        new Parameter("gru_1.weight_hh_l0", 6, 2),
                        new Parameter("gru_1.bias_ih_l0", 6, 1),
                        new Parameter("bidirectional.weight_ih_l0", 12, 2),
                        new Parameter("bidirectional.weight_hh_l0", 12, 2),
                        new Parameter("bidirectional.bias_ih_l0", 12, 1),
                        new Parameter("bidirectional.weight_hr_l0", 2, 3),
                        new Parameter("bidirectional.weight_ih_l0_reverse", 12, 2),
                        new Parameter("bidirectional.weight_hh_l0_reverse", 12, 2),
                        new Parameter("bidirectional.bias_ih_l0_reverse", 12, 1),
                        new Parameter("bidirectional.weight_hr_l0_reverse", 2, 3));
        assertThat(network.outputs()).isEqualTo(4);
        assertThat(network.stateSize()).isEqualTo(2 + 2 + 2 * (2 + 3));
    }

    @Test
    void functionsThatAreUsualAreNotWritten() {
        String given =
                "lstm(3, recurrent-activation=sigmoid, activation=tanh)"
                        + " gru(2, recurrent-activation=hard_sigmoid(0.2))"
                        + " lstm(3, projection=2, activation=elu(0.5))"
                        + " gru(4, reset=before, activation=relu)";

        Network network = Network.parse(given, 2);

        assertThat(network.text())
                .isEqualTo(
                        "lstm(3) gru(2, recurrent-activation=hard_sigmoid(0.2))"
                                + " lstm(3, projection=2, activation=elu(0.5))"
                                + " gru(4, reset=before, activation=relu)");
        assertThat(Network.parse(network.text(), 2)).isEqualTo(network);
    }

    /** The kernels' tanh and sigmoid err by 3e-7. */
    @Test
    void functionsOneByOneGiveWhatTheKernelsGive() {
        CellFunctions sameButSlow =
                new CellFunctions(
                        Activation.of(ActivationFunction.TANH),
                        new Activation(ActivationFunction.HARD_SIGMOID, 0));
        Network slow = Network.of(INPUTS).then(new Lstm(4, 0, RecurrentDropout.NONE, sameButSlow));
        Network fast = Network.of(INPUTS).lstm(4);
        float[] weights = Weights.seeded(fast, 1).values().clone();
        // Gates without weights are one half, as those of a line without a slope are.
        for (Parameter p : fast.parameters().list()) {
            int width = p.columns();
            int at = fast.parameters().offset(p.name());
            Arrays.fill(weights, at, at + 2 * 4 * width, 0);
            Arrays.fill(weights, at + 3 * 4 * width, at + 4 * 4 * width, 0);
        }
        float[] x = TestingNumbers.floats(1, INPUTS);
        float[] state = TestingNumbers.floats(2, fast.stateSize());
        float[] expected = new float[state.length];
        float[] actual = new float[state.length];
        Stepper ofFast = new Stepper(fast, Kernels.best(), 1);
        ofFast.load(new Weights(fast, weights));
        ofFast.step(1, x, state, expected, new float[4]);

        Stepper ofSlow = new Stepper(slow, Kernels.best(), 1);
        ofSlow.load(new Weights(slow, weights));
        ofSlow.step(1, x, state, actual, new float[4]);

        assertThat(actual).containsExactly(expected, within(1e-6f));
    }

    @Test
    void refusesFunctionsWhoseSlopeTheirValueDoesNotTell() {
        assertThatThrownBy(() -> Network.parse("lstm(3, activation=gelu)", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "activation of a recurrent layer is gelu; allowed are linear, relu,"
                                + " leaky_relu, elu, selu, tanh, sigmoid, hard_sigmoid, softplus,"
                                + " softsign, exponential");
    }

    @Test
    void saysWhatLayersCannotBe() {
        assertThatThrownBy(() -> new Gru(0, Gru.Reset.AFTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gru has 0 units; need at least 1");
        assertThatThrownBy(() -> new Lstm(4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "lstm of 4 units has projection 4; need fewer than its units, or no projection at all");
        Layer dense = Network.of(1).dense(3).layers().get(0);
        assertThatThrownBy(() -> new Bidirectional(dense, Bidirectional.Merge.SUM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bidirectional is around dense(3); need an lstm or a gru");
    }

    private static Stepper stepper(Network network, Kernels kernels) {
        Stepper stepper = new Stepper(network, kernels, ROWS);
        stepper.load(Weights.seeded(network, 1));
        return stepper;
    }

    private static Activations window(Network network) {
        Activations kept = new Activations(network, STEPS, ROWS);
        float[] x = TestingNumbers.floats(1, kept.inputs().length);
        System.arraycopy(x, 0, kept.inputs(), 0, x.length);
        return kept;
    }

    /** Row r of so many. */
    private static float[] row(float[] all, int r, int rows) {
        int width = all.length / rows;
        return Arrays.copyOfRange(all, r * width, (r + 1) * width);
    }

    private static void copyRow(float[] from, int at, float[] to, int row, int rows) {
        int width = from.length / rows;
        System.arraycopy(from, at * width, to, row * width, width);
    }

    /** The second half of each row. */
    private static float[] secondHalves(float[] all) {
        int width = all.length / ROWS;
        float[] halves = new float[all.length / 2];
        for (int r = 0; r < ROWS; r++) {
            System.arraycopy(all, r * width + width / 2, halves, r * width / 2, width / 2);
        }
        return halves;
    }
}
