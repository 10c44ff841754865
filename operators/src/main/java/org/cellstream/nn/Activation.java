package org.cellstream.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a layer makes of its sums.
 *
 * @param function which function
 * @param alpha that of a function that has one, finite and at least 0; NaN for others
 */
public record Activation(ActivationFunction function, double alpha) implements Serializable {

    public static final Activation LINEAR = of(ActivationFunction.LINEAR);

    /** PyTorch's word for {@code swish}. */
    private static final String SILU = "silu";

    public Activation {
        if (function.hasAlpha() && !(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "alpha of " + function.word() + " is " + alpha + "; need 0 or more");
        }
        if (!function.hasAlpha() && !Double.isNaN(alpha)) {
            throw new IllegalArgumentException(function.word() + " has no alpha");
        }
    }

    /** This function, with its own alpha if it has one. */
    public static Activation of(ActivationFunction function) {
        return new Activation(function, function.alpha());
    }

    /** The activation that a word such as {@code leaky_relu(0.2)} means. */
    static Activation read(LayerWord word) {
        String name = word.word().equals(SILU) ? ActivationFunction.SWISH.word() : word.word();
        for (ActivationFunction function : ActivationFunction.values()) {
            if (function.word().equals(name)) {
                if (!function.hasAlpha()) {
                    word.takes();
                    return of(function);
                }
                word.takes("alpha");
                return new Activation(function, word.number("alpha", function.alpha()));
            }
        }
        List<ActivationFunction> all = Arrays.asList(ActivationFunction.values());
        throw word.error(
                "is not an activation; allowed are "
                        + all.stream()
                                .map(ActivationFunction::word)
                                .collect(Collectors.joining(", ")));
    }

    /** Whether it leaves its sums as they are. */
    public boolean isLinear() {
        return function == ActivationFunction.LINEAR;
    }

    /** The value at a sum; of a function that sees one number at a time. */
    double value(double z) {
        return function.value(z, alpha);
    }

    /**
     * The gradient with respect to a sum.
     *
     * @param gradient that with respect to the value
     * @param value what came out of the function, which tells its slope
     */
    public double backward(double gradient, double value) {
        return function.backward(gradient, value, alpha);
    }

    /** Replaces rows of sums by their values. */
    void apply(int rows, Rows values) {
        if (isLinear()) {
            return;
        }
        for (int r = 0; r < rows; r++) {
            function.apply(values.values, values.start(r), values.width, alpha);
        }
    }

    /**
     * Replaces the gradient with respect to one row of outputs by that with respect to its sums.
     *
     * @param sums what went into the function, read
     * @param outputs what came out of it, read
     */
    public void backward(double[] sums, double[] outputs, double[] gradient) {
        function.backward(sums, outputs, gradient, alpha);
    }

    /** The word that is read again: {@code relu}, {@code leaky_relu(0.2)}. */
    @Override
    public String toString() {
        boolean plain = !function.hasAlpha() || alpha == function.alpha();
        return function.word() + (plain ? "" : "(" + LayerWord.text(alpha) + ")");
    }
}
