package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of learning's arithmetic give the same bits, and products are what they should be. */
class LearningKernelsTest {

    /** Of sums of 300 products, each below 1: some tens of roundings of float32. */
    private static final float ROUNDING = 1e-4f;

    static Stream<LearningKernels> forms() {
        return Stream.of(LearningKernels.scalar(), LearningKernels.best());
    }

    @Test
    void vectorFormGivesScalarBitsAtAnySize() {
        assertThat(TestingLearningComparison.of(LearningKernels.best())).isEqualTo("same bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void vectorsOfAnyWidthGiveScalarBitsAtAnySize(int bits) throws Exception {
        TestingJvm jvm =
                new TestingJvm(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Dcellstream.vector.bits=" + bits);

        String output = jvm.run(TestingLearningComparison.class);

        assertThat(output).contains(bits / Float.SIZE + " lanes, same bits");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void productsAddToWhatIsThere(LearningKernels form) {
        int rows = 531;
        int depth = 300;
        int columns = 115;
        float[] left = numbers(1, depth * rows);
        float[] right = numbers(2, depth * columns);
        float[] sums = numbers(3, rows * columns);
        float[] transposed = new float[left.length];
        for (int i = 0; i < left.length; i++) {
            transposed[i % rows * depth + i / rows] = left[i];
        }
        WeightProduct weights = new WeightProduct(form, depth, columns);
        weights.load(new Slice(right, 0));
        float[] ofWeights = sums.clone();
        float[] ofGradient = sums.clone();

        weights.add(rows, new Slice(transposed, 0), new Slice(ofWeights, 0));
        new GradientProduct(form, rows, columns)
                .add(
                        depth,
                        new Slice(left, 0),
                        List.of(new Slice(right, 0)),
                        List.of(new Slice(ofGradient, 0)));

        for (int i = 0; i < sums.length; i++) {
            double expected = sums[i];
            for (int k = 0; k < depth; k++) {
                expected +=
                        (double) left[k * rows + i / columns] * right[k * columns + i % columns];
            }
            assertThat(ofGradient[i]).isCloseTo((float) expected, within(ROUNDING));
        }
        assertThat(ofWeights).isEqualTo(ofGradient);
    }

    private static float[] numbers(int seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
