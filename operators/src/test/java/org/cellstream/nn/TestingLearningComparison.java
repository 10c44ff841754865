package org.cellstream.nn;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * All arithmetic of learning for sizes most of which are multiples of no lane count, compared with
 * the scalar form. Needs no test library, so that it runs in a bare JVM.
 */
final class TestingLearningComparison {

    private static final int LARGEST = 70;

    private TestingLearningComparison() {}

    /** Prints how many lanes this JVM's vector form has, and {@link #of} it. */
    public static void main(String[] none) {
        LearningKernels form = LearningKernels.best();
        System.out.println(form.lanes() + " lanes, " + of(form));
    }

    /** What differs first, or {@code "same bits"}. */
    static String of(LearningKernels form) {
        for (int size = 1; size <= LARGEST; size++) {
            String differs = differs(form, size);
            if (differs != null) {
                return differs + " of size " + size;
            }
        }
        return "same bits";
    }

    private static @Nullable String differs(LearningKernels form, int size) {
        LearningKernels scalar = LearningKernels.scalar();
        SplittableRandom random = new SplittableRandom(size);
        int rows = 1 + random.nextInt(LARGEST);
        int depth = 1 + random.nextInt(5 * LARGEST);
        if (!Arrays.equals(
                ofWeights(form, rows, depth, size), ofWeights(scalar, rows, depth, size))) {
            return "products with weights " + rows + " by " + depth;
        }
        if (!Arrays.equals(
                ofGradient(form, rows, depth, size), ofGradient(scalar, rows, depth, size))) {
            return "products to gradients " + rows + " by " + depth;
        }
        if (!Arrays.deepEquals(backward(form, rows, size), backward(scalar, rows, size))) {
            return "the way back through cells of " + rows + " rows";
        }
        return Arrays.deepEquals(adam(form, size), adam(scalar, size)) ? null : "Adam";
    }

    /** {@code [rows, size]} plus {@code [rows, depth] [depth, size]}. */
    static float[] ofWeights(LearningKernels form, int rows, int depth, int size) {
        SplittableRandom random = new SplittableRandom(1);
        WeightProduct product = new WeightProduct(form, depth, size);
        product.load(numbers(random, depth * size));
        Slice left = numbers(random, rows * depth);
        Slice sums = numbers(random, rows * size);
        product.add(rows, left, sums);
        return sums.values();
    }

    /** {@code [rows, size]} plus {@code [depth, rows]' [depth, size]}. */
    static float[] ofGradient(LearningKernels form, int rows, int depth, int size) {
        SplittableRandom random = new SplittableRandom(1);
        Slice left = numbers(random, depth * rows);
        Slice right = numbers(random, depth * size);
        Slice sums = numbers(random, rows * size);
        new GradientProduct(form, rows, size).add(depth, left, List.of(right), List.of(sums));
        form.addRows(depth, size, right, sums);
        return sums.values();
    }

    private static float[][] backward(LearningKernels form, int rows, int units) {
        SplittableRandom random = new SplittableRandom(1);
        int cells = rows * units;
        LstmSlopes step =
                new LstmSlopes(
                        numbers(random, 4 * cells),
                        numbers(random, cells),
                        numbers(random, cells),
                        numbers(random, cells),
                        numbers(random, cells),
                        numbers(random, 4 * cells));
        form.lstmBackward(rows, units, step);
        return new float[][] {step.sumsGradient().values(), step.cellGradient().values()};
    }

    private static float[][] adam(LearningKernels form, int size) {
        SplittableRandom random = new SplittableRandom(1);
        AdamNumbers numbers = new AdamNumbers(0.9f, 0.1f, 0.999f, 0.001f, 0.99f, 0.01f, 1e-8f);
        float[] weights = floats(random, size);
        float[] moments = floats(random, 2 * size);
        for (int i = size; i < 2 * size; i++) {
            moments[i] = Math.abs(moments[i]);
        }
        form.adam(numbers, weights, floats(random, size), moments);
        return new float[][] {weights, moments};
    }

    /** Some floats behind three that are of somebody else. */
    private static Slice numbers(SplittableRandom random, int size) {
        return new Slice(floats(random, 3 + size), 3);
    }

    private static float[] floats(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
