package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {

    private static final int ROWS = 13;
    private static final int STEPS = 5;
    private static final int INPUTS = 4;

    /** Every layer, every activation; the embedding's categories are in the last column. */
    private static final Network NETWORK =
            Network.parse(
                    "embedding(3, 2) layernorm lstm(21) dropout(0.5) skip"
                            + " dense(5, relu) dense(5, leaky_relu) dense(5, elu) dense(5, selu)"
                            + " dense(5, gelu) dense(5, gelu_tanh) dense(5, tanh) skip"
                            + " dense(17, sigmoid) dense(5, hard_sigmoid) dense(5, softplus)"
                            + " dense(5, softsign) dense(5, swish) dense(5, exponential)"
                            + " dense(33, softmax) lstm(3) layernorm(eps=0.001) dense(2)",
                    INPUTS);

    /** Functions that go to 0 on the left. */
    private static final Set<ActivationFunction> ENDS_AT_ZERO =
            EnumSet.of(
                    ActivationFunction.RELU,
                    ActivationFunction.GELU,
                    ActivationFunction.GELU_TANH,
                    ActivationFunction.SIGMOID,
                    ActivationFunction.HARD_SIGMOID,
                    ActivationFunction.SOFTPLUS,
                    ActivationFunction.SWISH,
                    ActivationFunction.EXPONENTIAL);

    private static final Weights WEIGHTS = Weights.seeded(NETWORK, 1);

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void batchEqualsRowByRowToTheBit(Kernels kernels) {
        float[] x = inputs(ROWS);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        float[] batch = step(kernels, x, state);

        for (int r = 0; r < ROWS; r++) {
            float[] single = step(kernels, row(x, r), row(state, r));
            assertThat(row(batch, r)).isEqualTo(single);
        }
    }

    @Test
    void formsGiveTheSameBits() {
        float[] x = inputs(ROWS);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());

        float[] vector = step(Kernels.best(), x, state);

        assertThat(vector).isEqualTo(step(Kernels.scalar(), x, state)).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @MethodSource("org.cellstream.nn.TestingKernels#forms")
    void unrollEqualsStepsToTheBit(Kernels kernels) {
        Stepper stepper = stepper(kernels, ROWS);
        Activations kept = new Activations(NETWORK, STEPS, ROWS);
        float[] x = inputs(STEPS * ROWS);
        System.arraycopy(x, 0, kept.inputs(), 0, x.length);
        float[] state = TestingNumbers.floats(2, ROWS * NETWORK.stateSize());
        float[] end = new float[state.length];

        stepper.unroll(ROWS, state, kept, end);

        float[] outputs = kept.layer(NETWORK.layers().size() - 1).outputs();
        float[] y = new float[ROWS * NETWORK.outputs()];
        for (int t = 0; t < STEPS; t++) {
            float[] next = new float[state.length];
            stepper.step(ROWS, part(x, t, STEPS), state, next, y);
            state = next;
            assertThat(part(outputs, t, STEPS)).isEqualTo(y);
        }
        assertThat(end).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    void activationsAreTheirFormulas(ActivationFunction function) {
        Activation activation = Activation.of(function);
        float[] actual = TestingNumbers.floats(3, 600);
        for (int i = 0; i < actual.length; i++) {
            actual[i] *= 4;
        }
        double[] expected = ReferenceNetwork.doubles(actual);
        Rows rows = new Rows(3);
        rows.at(actual, 0, 3);

        activation.apply(200, rows);

        ReferenceActivation.apply(activation, 3, expected);
        for (int i = 0; i < actual.length; i++) {
            double tolerance = Math.ulp((float) expected[i]) + 1e-12;
            assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    void activationsBearOddNumbers(ActivationFunction function) {
        float[] odd = {Float.NaN, -1e30f, 1e30f, Float.NEGATIVE_INFINITY, -0.0f};
        Rows rows = new Rows(1);
        rows.at(odd, 0, 1);

        Activation.of(function).apply(odd.length, rows);

        assertThat(odd[0]).as("of NaN").isNaN();
        if (function != ActivationFunction.SOFTMAX) {
            assertThat(odd[1]).as("of a small number").isNotNaN();
            assertThat(odd[2]).as("of a large number").isNotNaN();
        }
        if (ENDS_AT_ZERO.contains(function)) {
            assertThat(odd[3]).as("of minus infinity").isZero();
        }
    }

    @Test
    void rowThatIsAnIndexAloneBecomesTheUnitsOfItsCategory() {
        Network network = Network.parse("embedding(3, 2)", 1);

        float[] y = step(new Weights(network, new float[] {1, 2, 3, 4, 5, 6}), 2, 0, 1);

        assertThat(y).containsExactly(5, 6, 1, 2, 3, 4);
    }

    @Test
    void unitsOfACategoryComeAfterTheOtherColumns() {
        Network network = Network.parse("embedding(3, 1, column=1)", 3);

        float[] y = step(new Weights(network, new float[] {1, 2, 3}), 7, 2, 8);

        assertThat(y).containsExactly(7, 8, 3);
    }

    @ParameterizedTest
    @CsvSource({"3", "-1", "0.5", "NaN", "Infinity", "1e20"})
    void indexThatIsNoCategoryGivesARowOfNaN(float index) {
        Network network = Network.parse("embedding(3, 2) dense(1)", 2);

        float[] y = step(Weights.seeded(network, 1), 7, index, 7, 2);

        assertThat(y[0]).isNaN();
        assertThat(y[1]).isNotNaN();
    }

    @Test
    void layerNormBringsARowToMeanZeroAndVarianceOne() {
        Network network = Network.parse("layernorm", 4);

        float[] y = step(Weights.seeded(network, 1), 1, 1, 3, 3);

        assertThat(y).containsExactly(new float[] {-1, -1, 1, 1}, within(1e-5f));
    }

    @Test
    void constantRowNormalisesToTheBias() {
        Network network = Network.parse("layernorm", 2);

        float[] y = step(new Weights(network, new float[] {1, 1, 0.5f, 2}), 1e6f, 1e6f);

        assertThat(y).containsExactly(0.5f, 2);
    }

    @Test
    void skipPutsTheNetworksInputBesideItsOwn() {
        Network network = Network.parse("dense(1) skip", 2);

        float[] y = step(new Weights(network, new float[] {1, 1, 10}), 3, 4, 5, 6);

        assertThat(y).containsExactly(17, 3, 4, 21, 5, 6);
    }

    @Test
    void dropoutHandsRowsThroughInServing() {
        Network network = Network.parse("dropout(0.9)", 2);

        assertThat(step(Weights.seeded(network, 1), 3, 4)).containsExactly(3, 4);
    }

    /** A step of {@link #NETWORK}: next states, then outputs, row by row. */
    private static float[] step(Kernels kernels, float[] x, float[] state) {
        int rows = x.length / INPUTS;
        float[] nextState = new float[state.length];
        float[] y = new float[rows * NETWORK.outputs()];
        stepper(kernels, rows).step(rows, x, state, nextState, y);
        int width = NETWORK.stateSize() + NETWORK.outputs();
        float[] all = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(
                    nextState, r * NETWORK.stateSize(), all, r * width, NETWORK.stateSize());
            System.arraycopy(
                    y,
                    r * NETWORK.outputs(),
                    all,
                    r * width + NETWORK.stateSize(),
                    NETWORK.outputs());
        }
        return all;
    }

    /** Outputs of a network without state. */
    private static float[] step(Weights weights, float... x) {
        Network network = weights.network();
        int rows = x.length / network.inputs();
        Stepper stepper = new Stepper(network, Kernels.best(), rows);
        stepper.load(weights);
        float[] y = new float[rows * network.outputs()];
        stepper.step(rows, x, new float[0], new float[0], y);
        return y;
    }

    private static Stepper stepper(Kernels kernels, int rows) {
        Stepper stepper = new Stepper(NETWORK, kernels, rows);
        stepper.load(WEIGHTS);
        return stepper;
    }

    private static float[] inputs(int rows) {
        float[] x = TestingNumbers.floats(1, rows * INPUTS);
        for (int r = 0; r < rows; r++) {
            x[r * INPUTS + INPUTS - 1] = r % 3;
        }
        return x;
    }

    private static float[] row(float[] rows, int r) {
        return part(rows, r, ROWS);
    }

    private static float[] part(float[] all, int index, int parts) {
        int size = all.length / parts;
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }
}
