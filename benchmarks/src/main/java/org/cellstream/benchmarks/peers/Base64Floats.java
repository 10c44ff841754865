package org.cellstream.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Floats as text: little-endian, in base64. */
final class Base64Floats {

    private Base64Floats() {}

    static String encode(float[] values) {
        byte[] bytes = new byte[Float.BYTES * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The floats of a text.
     *
     * @throws IllegalStateException if it is none of whole floats
     */
    static float[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the array is not base64: " + text, e);
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new IllegalStateException(
                    "the array has " + bytes.length + " bytes; need a multiple of " + Float.BYTES);
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
