package org.cellstream.savepoint;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * What one key remembers of one layer.
 *
 * @param name the layer's name in its network
 * @param h hidden state, one float a unit, or fewer if an LSTM projects it
 * @param c an LSTM's cell state, one float a unit; empty for other layers
 */
@Internal
public record SavedLayer(String name, float[] h, float[] c) {

    /** Euclidean norm of h. */
    public double hNorm() {
        return norm(h);
    }

    /** Euclidean norm of c. */
    public double cNorm() {
        return norm(c);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SavedLayer l
                && name.equals(l.name)
                && Arrays.equals(h, l.h)
                && Arrays.equals(c, l.c);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(h);
    }

    @Override
    public String toString() {
        return "SavedLayer[%s, %d units, norms %s and %s]"
                .formatted(name, h.length, hNorm(), cNorm());
    }
}
