package org.cellstream.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Arrays and texts in a buffer, which moves behind them. */
final class Bytes {

    private Bytes() {}

    static void put(ByteBuffer out, float[] values, int from, int count) {
        out.asFloatBuffer().put(values, from, count);
        out.position(out.position() + 4 * count);
    }

    static float[] floats(ByteBuffer in, int count) {
        float[] values = new float[count];
        in.asFloatBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    static void put(ByteBuffer out, double[] values) {
        out.asDoubleBuffer().put(values);
        out.position(out.position() + 8 * values.length);
    }

    static double[] doubles(ByteBuffer in, int count) {
        double[] values = new double[count];
        in.asDoubleBuffer().get(values);
        in.position(in.position() + 8 * count);
        return values;
    }

    /** Bytes of a text after its length. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void put(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }
}
