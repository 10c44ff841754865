package org.cellstream.nn;

/**
 * tanh as a fraction p / q of polynomials of degrees 13 and 6. Kernels work with p and q, because
 * five activations over common denominators take two divisions instead of five. The sigmoid is
 * {@code (q + p) / 2q} of half its argument.
 *
 * <p>NaN stays NaN, and -0.0 stays -0.0: the clamp is by comparison, which is false for NaN.
 *
 * <p>Errs by less than 3e-7, most at the clamp, where p / q is 0.99999976.
 *
 * @see <a href="https://gitlab.com/libeigen/eigen/-/blob/3.4/Eigen/src/Core/MathFunctionsImpl.h">
 *     Eigen 3.4, generic_fast_tanh_float</a>: the coefficients; its clamp is at 7.90531, this one
 *     at {@value #CLAMP}
 */
final class RationalTanh {

    static final float CLAMP = 7.905f;

    static final float P1 = 4.89352455891786e-03f;
    static final float P3 = 6.37261928875436e-04f;
    static final float P5 = 1.48572235717979e-05f;
    static final float P7 = 5.12229709037114e-08f;
    static final float P9 = -8.60467152213735e-11f;
    static final float P11 = 2.00018790482477e-13f;
    static final float P13 = -2.76076847742355e-16f;

    static final float Q0 = 4.89352518554385e-03f;
    static final float Q2 = 2.26843463243900e-03f;
    static final float Q4 = 1.18534705686654e-04f;
    static final float Q6 = 1.19825839466702e-06f;

    private RationalTanh() {}

    static float clamp(float x) {
        return x > CLAMP ? CLAMP : x < -CLAMP ? -CLAMP : x;
    }

    /** p of a clamped x. */
    static float numerator(float x) {
        float s = x * x;
        float p = Math.fma(s, P13, P11);
        p = Math.fma(s, p, P9);
        p = Math.fma(s, p, P7);
        p = Math.fma(s, p, P5);
        p = Math.fma(s, p, P3);
        return x * Math.fma(s, p, P1);
    }

    /** q of a clamped x; never 0. */
    static float denominator(float x) {
        float s = x * x;
        float q = Math.fma(s, Q6, Q4);
        q = Math.fma(s, q, Q2);
        return Math.fma(s, q, Q0);
    }
}
