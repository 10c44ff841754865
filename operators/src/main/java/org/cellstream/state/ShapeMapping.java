package org.cellstream.state;

import java.util.Arrays;
import org.cellstream.features.FeatureMapping;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Network;

/**
 * What of a memory made for one shape fits into another. A layer fits one of the same name, kind
 * and shape.
 */
final class ShapeMapping {

    private static final int COLD = -1;

    private final int fingerprint;
    private final FeatureMapping features;

    /** For each float of the new state the one before that it takes, or {@link #COLD}. */
    private final int[] from;

    private int layers;
    private int layersKept;

    private ShapeMapping(MemoryShape before, MemoryShape now) {
        this.fingerprint = now.fingerprint();
        this.features = FeatureMapping.between(before.columns(), now.columns());
        this.from = new int[now.network().stateSize()];
        Arrays.fill(from, COLD);
        for (int index = 0; index < now.network().layers().size(); index++) {
            map(before.network(), now.network(), index);
        }
    }

    static ShapeMapping between(MemoryShape before, MemoryShape now) {
        return new ShapeMapping(before, now);
    }

    private void map(Network before, Network now, int index) {
        Layer layer = now.layers().get(index);
        if (layer.stateSize() == 0) {
            return;
        }
        layers++;
        for (int i = 0; i < before.layers().size(); i++) {
            if (before.nameOf(i).equals(now.nameOf(index))
                    && before.layers().get(i).remembersAs(layer)
                    && before.inputsOf(i) == now.inputsOf(index)) {
                layersKept++;
                for (int f = 0; f < layer.stateSize(); f++) {
                    from[now.stateOffset(index) + f] = before.stateOffset(i) + f;
                }
            }
        }
    }

    /** A new memory that holds what fits of an old one. */
    KeyMemory apply(KeyMemory memory) {
        float[] old = memory.state();
        float[] state = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            state[i] = from[i] == COLD ? 0 : old[from[i]];
        }
        KeyMemory adopted = new KeyMemory(fingerprint, features.map(memory.features()), state);
        adopted.takeProgress(memory);
        if (layersKept == 0) {
            adopted.countFrom(0);
        }
        if (features.keepsTarget()) {
            adopted.keepForecast(memory.forecast());
            adopted.keepExperts(memory.experts());
            adopted.keepPending(memory.pending());
        }
        if (features.keepsAll()) {
            adopted.keepInputs(memory.inputs());
        }
        adopted.keepOrders(memory.orders());
        OpenSequence sequence = memory.sequence();
        if (sequence != null && sequence.equals(OpenSequence.STEPPED)) {
            adopted.keepSequence(sequence); // one that waits whole is of the columns before
        }
        return adopted;
    }

    @Override
    public String toString() {
        return "%d of %d layers and %d of %d columns"
                .formatted(layersKept, layers, features.kept(), features.of());
    }
}
