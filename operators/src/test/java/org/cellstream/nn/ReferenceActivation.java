package org.cellstream.nn;

/** Activations by the formulas of the books, with {@link Math}. */
final class ReferenceActivation {

    /** Steps of Simpson's rule from 0 to z: errs by 1e-13 up to 10. */
    private static final int PARTS = 2000;

    private ReferenceActivation() {}

    /** Replaces rows of sums by their values. */
    static void apply(Activation activation, int units, double[] values) {
        for (int row = 0; row < values.length; row += units) {
            double total = 0;
            for (int k = row; k < row + units; k++) {
                total += Math.exp(values[k]);
            }
            for (int k = row; k < row + units; k++) {
                values[k] =
                        activation.function() == ActivationFunction.SOFTMAX
                                ? Math.exp(values[k]) / total
                                : of(activation, values[k]);
            }
        }
    }

    static double of(Activation activation, double z) {
        return switch (activation.function()) {
            case LINEAR, SOFTMAX -> z;
            case RELU -> Math.max(z, 0);
            case LEAKY_RELU -> Math.max(z, 0) + activation.alpha() * Math.min(z, 0);
            case ELU -> elu(z, activation.alpha());
            case SELU -> 1.0507009873554805 * elu(z, 1.6732632423543772);
            case GELU -> z * (0.5 + areaFromZero(z));
            case GELU_TANH ->
                    z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
            case TANH -> Math.tanh(z);
            case SIGMOID -> sigmoid(z);
            case HARD_SIGMOID -> Math.min(Math.max(activation.alpha() * z + 0.5, 0), 1);
            case SOFTPLUS -> Math.log(1 + Math.exp(z));
            case SOFTSIGN -> z / (Math.abs(z) + 1);
            case SWISH -> z * sigmoid(z);
            case EXPONENTIAL -> Math.exp(z);
        };
    }

    private static double elu(double z, double alpha) {
        return z > 0 ? z : alpha * (Math.exp(z) - 1);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** Integral of the normal density from 0 to z. */
    private static double areaFromZero(double z) {
        double sum = 0;
        for (int i = 0; i <= PARTS; i++) {
            double at = z * i / PARTS;
            int weight = i == 0 || i == PARTS ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.exp(-at * at / 2);
        }
        return sum * z / PARTS / 3 / Math.sqrt(2 * Math.PI);
    }
}
