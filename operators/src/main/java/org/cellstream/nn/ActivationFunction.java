package org.cellstream.nn;

import java.util.Locale;

/**
 * Functions of a layer's sums, computed in double precision and rounded once, with {@link
 * StrictMath}: the same bits on every machine. NaN stays NaN.
 *
 * <p>Names are those of Keras and PyTorch. Alpha is the slope of {@code leaky_relu} below 0, the
 * limit of {@code elu} and the slope of {@code hard_sigmoid}; others have none.
 */
public enum ActivationFunction {
    LINEAR {
        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient;
        }
    },

    RELU {
        @Override
        double value(double z, double alpha) {
            return z < 0 ? 0 : z; // not max: a NaN stays
        }

        @Override
        double slope(double z, double alpha) {
            return z > 0 ? 1 : 0;
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return value > 0 ? gradient : 0;
        }
    },

    /** PyTorch's slope unless given; that of {@code keras.activations.leaky_relu} is 0.2. */
    LEAKY_RELU(0.01) {
        @Override
        double value(double z, double alpha) {
            return z < 0 ? alpha * z : z;
        }

        @Override
        double slope(double z, double alpha) {
            return z > 0 ? 1 : alpha;
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return value > 0 ? gradient : gradient * alpha;
        }
    },

    /**
     * The exponential linear unit.
     *
     * @see <a href="https://arxiv.org/abs/1511.07289">Clevert et al. 2016</a>
     */
    ELU(1) {
        @Override
        double value(double z, double alpha) {
            return z < 0 ? alpha * StrictMath.expm1(z) : z;
        }

        @Override
        double slope(double z, double alpha) {
            return z > 0 ? 1 : alpha * StrictMath.exp(z);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return value > 0 ? gradient : gradient * (value + alpha);
        }
    },

    /**
     * The scaled exponential linear unit.
     *
     * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</a>: the constants
     */
    SELU {
        private static final double SCALE = 1.0507009873554805;
        private static final double ALPHA = 1.6732632423543772;

        @Override
        double value(double z, double alpha) {
            return SCALE * ELU.value(z, ALPHA);
        }

        @Override
        double slope(double z, double alpha) {
            return SCALE * ELU.slope(z, ALPHA);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient * (value > 0 ? SCALE : value + SCALE * ALPHA);
        }
    },

    /**
     * The exact form: z times the normal distribution's probability below z.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
     */
    GELU {
        @Override
        double value(double z, double alpha) {
            return z == Double.NEGATIVE_INFINITY ? 0 : z * Gauss.below(z);
        }

        @Override
        double slope(double z, double alpha) {
            return Gauss.below(z) + z * Gauss.density(z);
        }
    },

    /** The approximation of GELU with a tanh. */
    GELU_TANH {
        private static final double SCALE = 0.7978845608028654; // sqrt(2 / pi)
        private static final double CUBIC = 0.044715;

        @Override
        double value(double z, double alpha) {
            return z == Double.NEGATIVE_INFINITY ? 0 : z * (1 + tanh(z)) / 2;
        }

        @Override
        double slope(double z, double alpha) {
            double tanh = tanh(z);
            double inner = SCALE * (1 + 3 * CUBIC * z * z);
            return (1 + tanh + z * (1 - tanh * tanh) * inner) / 2;
        }

        private static double tanh(double z) {
            return StrictMath.tanh(SCALE * (z + CUBIC * z * z * z));
        }
    },

    TANH {
        @Override
        double value(double z, double alpha) {
            return StrictMath.tanh(z);
        }

        @Override
        double slope(double z, double alpha) {
            double y = StrictMath.tanh(z);
            return 1 - y * y;
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient * (1 - value * value);
        }
    },

    SIGMOID {
        @Override
        double value(double z, double alpha) {
            return 1 / (1 + StrictMath.exp(-z));
        }

        @Override
        double slope(double z, double alpha) {
            double y = value(z, alpha);
            return y * (1 - y);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient * value * (1 - value);
        }
    },

    /**
     * A straight line from 0 to 1. Keras 3's and PyTorch's slope unless given; Keras 2's is 0.2.
     */
    HARD_SIGMOID(1.0 / 6) {
        @Override
        double value(double z, double alpha) {
            double y = alpha * z + 0.5;
            return y < 0 ? 0 : y > 1 ? 1 : y; // a NaN stays
        }

        @Override
        double slope(double z, double alpha) {
            double y = alpha * z + 0.5;
            return y > 0 && y < 1 ? alpha : 0;
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return value > 0 && value < 1 ? gradient * alpha : 0;
        }
    },

    SOFTPLUS {
        @Override
        double value(double z, double alpha) {
            return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
        }

        @Override
        double slope(double z, double alpha) {
            return SIGMOID.value(z, alpha);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient * -StrictMath.expm1(-value);
        }
    },

    SOFTSIGN {
        @Override
        double value(double z, double alpha) {
            return z / (1 + Math.abs(z));
        }

        @Override
        double slope(double z, double alpha) {
            double below = 1 + Math.abs(z);
            return 1 / (below * below);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            double above = 1 - Math.abs(value);
            return gradient * above * above;
        }
    },

    /** PyTorch's SiLU. */
    SWISH {
        @Override
        double value(double z, double alpha) {
            return z == Double.NEGATIVE_INFINITY ? 0 : z * SIGMOID.value(z, alpha);
        }

        @Override
        double slope(double z, double alpha) {
            double sigmoid = SIGMOID.value(z, alpha);
            return sigmoid + z * sigmoid * (1 - sigmoid);
        }
    },

    EXPONENTIAL {
        @Override
        double value(double z, double alpha) {
            return StrictMath.exp(z);
        }

        @Override
        double slope(double z, double alpha) {
            return StrictMath.exp(z);
        }

        @Override
        double backward(double gradient, double value, double alpha) {
            return gradient * value;
        }
    },

    /** Of a row, which then sums to 1. Exponents are taken from the row's largest number. */
    SOFTMAX {
        @Override
        void apply(float[] values, int at, int n, double alpha) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int k = at; k < at + n; k++) {
                largest = Math.max(largest, values[k]);
            }
            double sum = 0;
            for (int k = at; k < at + n; k++) {
                sum += StrictMath.exp((double) values[k] - largest);
            }
            for (int k = at; k < at + n; k++) {
                values[k] = (float) (StrictMath.exp((double) values[k] - largest) / sum);
            }
        }

        @Override
        void backward(double[] sums, double[] outputs, double[] gradient, double alpha) {
            double along = 0;
            for (int k = 0; k < gradient.length; k++) {
                along += gradient[k] * outputs[k];
            }
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] = outputs[k] * (gradient[k] - along);
            }
        }
    };

    private final double alpha;

    ActivationFunction() {
        this(Double.NaN);
    }

    ActivationFunction(double alpha) {
        this.alpha = alpha;
    }

    /** Alpha unless given; NaN for a function without. */
    double alpha() {
        return alpha;
    }

    /** Whether the function has an alpha. */
    boolean hasAlpha() {
        return !Double.isNaN(alpha);
    }

    /** The value at a sum; of a function that sees one number at a time. */
    double value(double z, double alpha) {
        return z;
    }

    /** The derivative at a sum; where it jumps, PyTorch's. */
    double slope(double z, double alpha) {
        return 1;
    }

    /**
     * Whether a value tells the slope that led to it; {@link #backward(double, double, double)}.
     */
    boolean isToldByValue() {
        return !Double.isNaN(backward(1, 1, 1));
    }

    /**
     * The gradient with respect to a sum, given that with respect to its value.
     *
     * @return NaN if different slopes can lead to one value
     */
    double backward(double gradient, double value, double alpha) {
        return Double.NaN;
    }

    /** Replaces a row of {@code n} sums by the values. */
    void apply(float[] values, int at, int n, double alpha) {
        for (int k = at; k < at + n; k++) {
            values[k] = (float) value(values[k], alpha);
        }
    }

    /** Replaces the gradient with respect to a row of outputs by that with respect to its sums. */
    void backward(double[] sums, double[] outputs, double[] gradient, double alpha) {
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] *= slope(sums[k], alpha);
        }
    }

    /** Word in a network's text. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
