package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WindowStepperTest {

    private static final int INPUTS = 3;
    private static final int STEPS = 6;
    private static final int[] LENGTHS = {6, 1, 4, 6, 2, 4, 4, 5};

    static Stream<Arguments> networksAndKernels() {
        return Stream.of(
                        "lstm(5) dense(2)",
                        "gru(4) lstm(3) dense(1)",
                        "dense(3, tanh) lstm(9, projection=2) skip dense(1)",
                        "bidirectional(lstm(4)) dense(2)",
                        "bidirectional(gru(3), merge=multiply) bidirectional(lstm(2)) dense(1)")
                .flatMap(
                        network ->
                                Stream.of(Kernels.scalar(), Kernels.best())
                                        .map(kernels -> Arguments.of(network, kernels)));
    }

    @ParameterizedTest
    @MethodSource("networksAndKernels")
    void rowsOfDifferentLengthsAreAsIfEachWereRunAlone(String text, Kernels kernels) {
        Network network = Network.parse(text, INPUTS);
        Stepper stepper = loaded(network, kernels, LENGTHS.length);
        float[] windows = random(LENGTHS.length * STEPS * INPUTS);
        float[] state = new float[LENGTHS.length * network.stateSize()];
        float[] y = new float[LENGTHS.length * network.outputs()];

        new WindowStepper(stepper)
                .run(LENGTHS.length, windows, LENGTHS, STEPS, new WindowStepper.Ends(state, y));

        for (int row = 0; row < LENGTHS.length; row++) {
            float[] endState = new float[network.stateSize()];
            float[] endY = alone(stepper, windows, row, endState);
            assertThat(part(y, row, network.outputs())).containsExactly(endY);
            assertThat(part(state, row, network.stateSize())).containsExactly(endState);
        }
    }

    /** Outputs at the last step of one row's window. */
    private static float[] alone(Stepper stepper, float[] windows, int row, float[] state) {
        Network network = stepper.network();
        int length = LENGTHS[row];
        float[] window =
                Arrays.copyOfRange(windows, row * STEPS * INPUTS, (row * STEPS + length) * INPUTS);
        if (network.readsWholeWindows()) {
            float[] all = new WindowStepper(stepper).runOne(length, window, state);
            return part(all, length - 1, network.outputs());
        }
        float[] y = new float[network.outputs()];
        for (int t = 0; t < length; t++) {
            float[] next = new float[state.length];
            stepper.step(1, part(window, t, INPUTS), state, next, y);
            System.arraycopy(next, 0, state, 0, state.length);
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("networksAndKernels")
    void stepsBeyondARowsLengthChangeNothingBefore(String text, Kernels kernels) {
        Network network = Network.parse(text, INPUTS);
        int rows = 2;
        Stepper stepper = loaded(network, kernels, rows);
        float[] states = new float[rows * network.stateSize()];
        Activations padded = new Activations(network, STEPS, rows);
        System.arraycopy(random(STEPS * rows * INPUTS), 0, padded.inputs(), 0, 36);
        int shorter = 4;
        padded.lengths()[1] = shorter;

        stepper.unroll(rows, states, padded, new float[states.length]);

        float[] window = new float[shorter * INPUTS];
        for (int t = 0; t < shorter; t++) {
            System.arraycopy(padded.inputs(), (t * rows + 1) * INPUTS, window, t * INPUTS, INPUTS);
        }
        float[] state = new float[network.stateSize()];
        float[] alone = new WindowStepper(stepper).runOne(shorter, window, state);
        for (int t = 0; t < shorter; t++) {
            assertThat(part(padded.outputs(), t * rows + 1, network.outputs()))
                    .containsExactly(part(alone, t, network.outputs()));
        }
    }

    private static Stepper loaded(Network network, Kernels kernels, int rows) {
        Stepper stepper = new Stepper(network, kernels, rows);
        stepper.load(Weights.seeded(network, 5));
        return stepper;
    }

    private static float[] random(int size) {
        Random random = new Random(11);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] part(float[] all, int index, int width) {
        return Arrays.copyOfRange(all, index * width, (index + 1) * width);
    }
}
