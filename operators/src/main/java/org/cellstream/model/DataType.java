package org.cellstream.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Numbers of a safetensors file that a network can be made from. */
enum DataType {
    F64(8) {
        @Override
        float read(ByteBuffer bytes) {
            return (float) bytes.getDouble();
        }
    },
    F32(4) {
        @Override
        float read(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    F16(2) {
        @Override
        float read(ByteBuffer bytes) {
            return half(bytes.getShort());
        }
    },
    BF16(2) {
        @Override
        float read(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    };

    /** IEEE 754 binary16: 5 bits of exponent with bias 15, 10 bits of fraction. */
    private static final int FRACTION_BITS = 10;

    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int EXPONENT = 0x1f;
    private static final float SUBNORMAL_STEP = 0x1p-24f;
    private static final int REBIAS = 127 - 15;
    private static final int FLOAT_INFINITY = 0xff;

    final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /** The next number; exact but for F64, which is rounded. */
    abstract float read(ByteBuffer bytes);

    static @Nullable DataType of(String name) {
        for (DataType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    private static float half(short bits) {
        int exponent = (bits >> FRACTION_BITS) & EXPONENT;
        int fraction = bits & FRACTION;
        int sign = bits < 0 ? Integer.MIN_VALUE : 0;
        if (exponent == 0) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * SUBNORMAL_STEP));
        }
        int wide = exponent == EXPONENT ? FLOAT_INFINITY : exponent + REBIAS;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << (23 - FRACTION_BITS)));
    }
}
