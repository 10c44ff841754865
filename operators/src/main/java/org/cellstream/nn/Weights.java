package org.cellstream.nn;

import java.util.Arrays;

/**
 * The weights of one network: one flat float vector in the order of {@link Network#parameters()}.
 *
 * @param network the network they fit
 * @param values owned by this record; never written after construction
 */
public record Weights(Network network, float[] values) {

    public Weights {
        int size = network.parameters().size();
        if (values.length != size) {
            throw new IllegalArgumentException(
                    "weights have " + values.length + " floats; " + network + " takes " + size);
        }
    }

    /**
     * First weights, the same for the same seed on every machine: Glorot uniform over inputs,
     * orthogonal over h, normal for embeddings, 1 for the weights of a layer normalisation, a bias
     * of 1 for forget gates and of 0 for all else.
     */
    public static Weights seeded(Network network, long seed) {
        return Initializer.weights(network, seed);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Weights w
                && network.equals(w.network)
                && Arrays.equals(values, w.values);
    }

    @Override
    public int hashCode() {
        return 31 * network.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Weights[" + network + ", " + values.length + " floats]";
    }
}
