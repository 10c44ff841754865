package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both forms stay with the double-precision reference over long sequences: by 8e-7 with seeded
 * weights, by 3e-5 with three times those. Still larger weights make a network chaotic (a state
 * that differs by 1e-12 is another one a thousand steps later), and no two precisions can agree.
 */
class ReferenceTest {

    private static final int STEPS = 10_000;
    private static final int ROWS = 2;

    /** Steps that are unrolled and compared together. */
    private static final int WINDOW = 100;

    /**
     * Largest difference of a tensor's element, over the largest absolute value in that tensor. A
     * tensor is one activation of one layer over a window; so this holds all along the way, not at
     * the end alone.
     */
    private static final double LARGEST_DIFFERENCE = 1e-4;

    @ParameterizedTest
    @CsvSource({
        "lstm(64) lstm(32) dense(1), 1",
        "lstm(7) dense(5) lstm(3), 1",
        "lstm(20) dense(2), 3"
    })
    void tenThousandStepsStayWithReference(String text, float scale) {
        Network network = Network.parse(text, 8);
        Weights weights = scaled(Weights.seeded(network, 1), scale);
        Stepper scalar = stepper(weights, Kernels.scalar());
        Stepper vector = stepper(weights, Kernels.best());
        ReferenceNetwork reference = ReferenceNetwork.of(weights);
        float[] scalarState = new float[ROWS * network.stateSize()];
        float[] vectorState = new float[ROWS * network.stateSize()];
        double[] exactState = new double[ROWS * network.stateSize()];
        Activations kept = new Activations(network, WINDOW, ROWS);

        double largest = 0;
        for (int t = 0; t < STEPS; t += WINDOW) {
            float[] x = TestingNumbers.floats(t, kept.inputs().length);
            System.arraycopy(x, 0, kept.inputs(), 0, x.length);
            var exact = reference.forward(WINDOW, ROWS, ReferenceNetwork.doubles(x), exactState);
            exactState = exact.ends();
            scalar.unroll(ROWS, scalarState, kept, scalarState);
            largest = Math.max(largest, largestDifference(kept, exact.layers()));
            vector.unroll(ROWS, vectorState, kept, vectorState);
            largest = Math.max(largest, largestDifference(kept, exact.layers()));
        }

        assertThat(largest).isLessThan(LARGEST_DIFFERENCE);
    }

    private static Weights scaled(Weights weights, float scale) {
        float[] values = weights.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return new Weights(weights.network(), values);
    }

    private static Stepper stepper(Weights weights, Kernels kernels) {
        Stepper stepper = new Stepper(weights.network(), kernels, ROWS);
        stepper.load(weights);
        return stepper;
    }

    private static double largestDifference(
            Activations kept, List<ReferenceNetwork.OfLayer> reference) {
        double largest = 0;
        for (int i = 0; i < reference.size(); i++) {
            ReferenceNetwork.OfLayer exact = reference.get(i);
            for (var actual : TestingActivations.arrays(kept.layer(i)).entrySet()) {
                double difference = relative(actual.getValue(), exact.of(actual.getKey()));
                largest = Math.max(largest, difference);
            }
        }
        return largest;
    }

    private static double relative(float[] actual, double[] exact) {
        double size = Arrays.stream(exact).map(Math::abs).max().orElse(0);
        double difference = 0;
        for (int i = 0; i < exact.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - exact[i]));
        }
        return difference == 0 ? 0 : difference / size;
    }
}
