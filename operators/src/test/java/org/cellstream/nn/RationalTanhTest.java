package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RationalTanhTest {

    /** Measured 2.6e-7, absolute and, for small arguments, relative; an ulp of 1 is 1.2e-7. */
    private static final double LARGEST_TANH_ERROR = 3e-7;

    /** Measured 1.9e-7. */
    private static final double LARGEST_SIGMOID_ERROR = 2e-7;

    @Test
    void tanhErrsByLessThanItsBound() {
        double largest = 0;
        for (float x = -10; x <= 10; x += 1e-4f) {
            largest = Math.max(largest, Math.abs(tanh(x) - Math.tanh(x)));
        }

        assertThat(largest).isLessThan(LARGEST_TANH_ERROR);
    }

    @Test
    void sigmoidErrsByLessThanItsBound() {
        double largest = 0;
        for (float x = -20; x <= 20; x += 1e-4f) {
            largest = Math.max(largest, Math.abs(sigmoid(x) - 1 / (1 + Math.exp(-x))));
        }

        assertThat(largest).isLessThan(LARGEST_SIGMOID_ERROR);
    }

    @Test
    void smallArgumentsKeepTheirRelativePrecision() {
        double largest = 0;
        for (float x = 1e-30f; x < 0.1f; x *= 1.01f) {
            largest = Math.max(largest, Math.abs(tanh(x) / Math.tanh(x) - 1));
        }

        assertThat(largest).isLessThan(LARGEST_TANH_ERROR);
    }

    @Test
    void neverLeavesTheRangeOfTanh() {
        float largest = 0;
        for (float x = -RationalTanh.CLAMP; x <= RationalTanh.CLAMP; x += 1e-5f) {
            largest = Math.max(largest, Math.abs(tanh(x)));
        }

        assertThat(largest).isLessThanOrEqualTo(1);
        assertThat(Math.abs(tanh(RationalTanh.CLAMP))).isLessThanOrEqualTo(1);
    }

    @Test
    void infinityIsWhereTanhEnds() {
        assertThat(tanh(Float.POSITIVE_INFINITY)).isEqualTo(tanh(RationalTanh.CLAMP));
        assertThat(tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-tanh(RationalTanh.CLAMP));
    }

    private static float tanh(float x) {
        float clamped = RationalTanh.clamp(x);
        return RationalTanh.numerator(clamped) / RationalTanh.denominator(clamped);
    }

    private static float sigmoid(float x) {
        float clamped = RationalTanh.clamp(0.5f * x);
        float q = RationalTanh.denominator(clamped);
        return (q + RationalTanh.numerator(clamped)) / (q + q);
    }
}
