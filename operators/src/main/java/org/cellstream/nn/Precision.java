package org.cellstream.nn;

/**
 * Formats that remembered floats may be rounded to, so that two bytes hold what four did.
 *
 * <p>Rounding is to the nearest number that the format has, of two equally near ones to the one
 * with the even code. Unlike the standard's, it never makes an infinity of a finite number: one
 * beyond the largest becomes the largest, with its sign. Infinities and NaNs stay as they are, and
 * so does the sign of zero; numbers below the normal ones are rounded to the format's subnormals,
 * not to zero.
 *
 * <p>The state of keys is stored with the place of its precision in this list, so new ones are
 * added at the end.
 *
 * @see <a href="https://doi.org/10.1109/IEEESTD.2008.4610935">IEEE 754-2008</a>: section 3.6,
 *     binary16 and binary32; section 4.3.1, roundTiesToEven
 * @see <a href="https://arxiv.org/abs/1905.12322">Kalamkar et al. 2019</a>: bfloat16, the upper
 *     half of a binary32; subnormals are kept here
 */
public enum Precision {

    /** IEEE 754 binary32: what the network computes in. Rounding to it does nothing. */
    FLOAT32(4) {
        @Override
        void roundAll(float[] values, int from, int to) {}

        @Override
        public short encode(float value) {
            throw new UnsupportedOperationException("FLOAT32 takes 4 bytes; a code has 2");
        }

        @Override
        public float decode(short code) {
            throw new UnsupportedOperationException("FLOAT32 takes 4 bytes; a code has 2");
        }
    },

    /** The upper half of a float: its range, with 8 bits of precision. */
    BFLOAT16(2) {
        @Override
        void roundAll(float[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                values[i] = Float.intBitsToFloat(upperHalf(Float.floatToRawIntBits(values[i])));
            }
        }

        @Override
        public short encode(float value) {
            int bits = upperHalf(Float.floatToRawIntBits(value));
            return (short) (bits >>> 16 | (Float.isNaN(value) ? BFLOAT16_QUIET : 0));
        }

        @Override
        public float decode(short code) {
            return Float.intBitsToFloat(code << 16);
        }
    },

    /** IEEE 754 binary16: 11 bits of precision, from 6e-8 to 65,504. */
    FLOAT16(2) {
        @Override
        void roundAll(float[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                values[i] = Float.intBitsToFloat(half(Float.floatToRawIntBits(values[i])));
            }
        }

        @Override
        public short encode(float value) {
            return (short) halfCode(half(Float.floatToRawIntBits(value)));
        }

        @Override
        public float decode(short code) {
            int sign = (code << 16) & SIGN;
            int rest = code & HALF_REST;
            if (rest < HALF_NORMAL) {
                return Float.intBitsToFloat(sign | Float.floatToRawIntBits(rest * HALF_STEP));
            }
            int rebias = rest < HALF_INFINITY ? HALF_REBIAS : 2 * HALF_REBIAS;
            return Float.intBitsToFloat(sign | ((rest << HALF_DROPPED) + rebias));
        }
    };

    private static final int SIGN = 0x8000_0000;
    private static final int INFINITY = 0x7f80_0000;

    /** The largest finite bfloat16, as a float's bits. */
    private static final int BFLOAT16_LARGEST = 0x7f7f_0000;

    /** In a NaN's code, so that it does not become an infinity's when its lower bits go. */
    private static final int BFLOAT16_QUIET = 0x40;

    private static final int HALF_QUIET = 0x200;
    private static final int HALF_FRACTION = 0x3ff;
    private static final int HALF_REST = 0x7fff;
    private static final int HALF_NORMAL = 0x400;
    private static final int HALF_INFINITY = 0x7c00;

    /** Bits of a float's fraction that a binary16 does not have. */
    private static final int HALF_DROPPED = 13;

    /** What a float's exponent has more than a binary16's, where it stands in a float. */
    private static final int HALF_REBIAS = 112 << 23;

    /** 65,504, the largest finite binary16, as a float's bits. */
    private static final int HALF_LARGEST = 0x477f_e000;

    /** 2^-14, the smallest normal binary16, as a float's bits. */
    private static final int HALF_SMALLEST_NORMAL = 0x3880_0000;

    /** 2^-24: the step from one subnormal binary16 to the next. */
    private static final float HALF_STEP = 0x1p-24f;

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that a number takes. */
    public int bytes() {
        return bytes;
    }

    /**
     * Rounds {@code values[from]} to {@code values[to - 1]} in place.
     *
     * @throws IllegalArgumentException if the range is not within the array
     */
    public void round(float[] values, int from, int to) {
        if (from < 0 || from > to || to > values.length) {
            throw new IllegalArgumentException(
                    String.format(
                            "range is [%d, %d); need 0 <= from <= to <= %d",
                            from, to, values.length));
        }
        roundAll(values, from, to);
    }

    abstract void roundAll(float[] values, int from, int to);

    /**
     * The format's code of a number, which is rounded if it was not; NaN gives a quiet NaN.
     *
     * @throws UnsupportedOperationException if the format takes more than 2 bytes
     */
    public abstract short encode(float value);

    /**
     * The number of a code; of a rounded number's code, that number to the bit.
     *
     * @throws UnsupportedOperationException if the format takes more than 2 bytes
     */
    public abstract float decode(short code);

    /** Rounds a float's bits to a bfloat16, which is a float whose lower half is 0. */
    private static int upperHalf(int bits) {
        int size = bits & ~SIGN;
        // Half a step less a bit, or half a step if the code would be odd, carries into the upper
        // half when that is to grow.
        int rounded = (size + 0x7fff + ((size >>> 16) & 1)) & 0xffff_0000;
        int finite = Math.min(rounded, BFLOAT16_LARGEST) | (bits & SIGN);
        return size < INFINITY ? finite : bits;
    }

    /**
     * Rounds a float's bits to those of a float that a binary16 can hold. Adding 2^13 times a
     * number's power of two leaves a sum whose last place is the number's last place as a binary16,
     * so the processor rounds it, and taking the same away again is exact. Below the normal numbers
     * the last place stays where it is.
     */
    private static int half(int bits) {
        int size = bits & ~SIGN;
        int bounded = Math.min(size, HALF_LARGEST);
        int power = Math.max(bounded & INFINITY, HALF_SMALLEST_NORMAL);
        float shift = Float.intBitsToFloat(power + (HALF_DROPPED << 23));
        float rounded = Float.intBitsToFloat(bounded) + shift - shift;
        int finite = Float.floatToRawIntBits(rounded) | (bits & SIGN);
        return size < INFINITY ? finite : bits;
    }

    /** The binary16 code of a float's bits that {@link #half} has rounded. */
    private static int halfCode(int bits) {
        int sign = (bits & SIGN) >>> 16;
        int size = bits & ~SIGN;
        if (size < HALF_SMALLEST_NORMAL) {
            return sign | (int) (Float.intBitsToFloat(size) / HALF_STEP);
        }
        if (size < INFINITY) {
            return sign | ((size - HALF_REBIAS) >>> HALF_DROPPED);
        }
        int nan = ((size >>> HALF_DROPPED) & HALF_FRACTION) | HALF_QUIET;
        return sign | HALF_INFINITY | (size == INFINITY ? 0 : nan);
    }
}
