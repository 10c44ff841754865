package org.cellstream.benchmarks.step;

import java.util.SplittableRandom;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/**
 * What is stepped.
 *
 * @param kind of the layer
 * @param hidden its units H
 * @param batch rows B of a step
 */
record StepCell(Kind kind, int hidden, int batch) {

    static final int INPUTS = 8;

    private static final long SEED = 1;
    private static final double SPREAD = 0.1;

    /** The layers, each with its number of gates. */
    enum Kind {
        LSTM("Lstm", 4),
        GRU("Gru", 3);

        private final String word;
        private final int gates;

        Kind(String word, int gates) {
            this.word = word;
            this.gates = gates;
        }

        /** The kind in a report's keys. */
        String word() {
            return word;
        }

        /** The layer's name in a network, which its tensors bear. */
        String layer() {
            return this == LSTM ? "lstm" : "gru";
        }
    }

    StepCell {
        if (hidden < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "--hidden is %d, --batch %d; need at least 1 of each".formatted(hidden, batch));
        }
    }

    /** The cell's part of a report's keys. */
    String name() {
        return kind.word + "Hidden" + hidden + "Batch" + batch;
    }

    /** The layer alone. */
    Network network() {
        Network inputs = Network.of(INPUTS);
        return kind == Kind.LSTM ? inputs.lstm(hidden) : inputs.gru(hidden);
    }

    /** A GRU whose reset gate acts before the product, as ND4J's. */
    Network networkWithResetBefore() {
        return Network.of(INPUTS).then(new Gru(hidden, Gru.Reset.BEFORE));
    }

    /** The same weights for all systems; biases, which start at 0, are moved. */
    static Weights weights(Network network) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] values = Weights.seeded(network, SEED).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (SPREAD * (random.nextDouble() - 1.0 / 2));
        }
        return new Weights(network, values);
    }

    /** Input rows {@code [B, INPUTS]}. */
    float[] inputs() {
        float[] inputs = new float[batch * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) Math.sin(i);
        }
        return inputs;
    }

    /** Floating-point operations of a step's product: a multiplication and an addition a weight. */
    double flops() {
        return 2.0 * batch * kind.gates * hidden * (INPUTS + hidden);
    }

    /** Bytes of the weights of a step's product, and of a bias a gate. */
    long weightBytes() {
        return (long) Float.BYTES * kind.gates * hidden * (1 + INPUTS + hidden);
    }
}
