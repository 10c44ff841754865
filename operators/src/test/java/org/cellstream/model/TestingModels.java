package org.cellstream.model;

import java.util.Map;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/** Models for tests. */
final class TestingModels {

    private TestingModels() {}

    /** Seeded weights with a few numbers that a careless copy would change. */
    static ModelFile seeded(String words, int inputs) {
        Network network = Network.parse(words, inputs);
        float[] values = Weights.seeded(network, 7).values().clone();
        values[0] = -0.0f;
        values[1] = Float.MIN_VALUE;
        values[values.length - 1] = -0.0f;
        return new ModelFile(new Weights(network, values), Map.of("made-by", "a test"));
    }
}
