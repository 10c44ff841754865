package org.cellstream.savepoint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.cellstream.nn.Network;

/**
 * What memories were made for, as a savepoint names it.
 *
 * @param network whose h and c they hold
 * @param columns the columns that the network reads
 * @param target the column that is forecast
 */
@Internal
public record SavedShape(Network network, String columns, String target) implements Serializable {

    private static final Pattern DESCRIPTION =
            Pattern.compile("(.+?) over (\\d+) inputs? on (.+) for (.+)");

    /**
     * Reads a description as memories keep it.
     *
     * @throws IllegalArgumentException if it is none, or names a layer that there is not
     */
    static SavedShape parse(String description) {
        Matcher matcher = DESCRIPTION.matcher(description);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the memories are those of \"%s\", which this Cellstream does not know how to read"
                            .formatted(description));
        }
        int inputs = Integer.parseInt(matcher.group(2));
        return new SavedShape(
                Network.parse(matcher.group(1), inputs), matcher.group(3), matcher.group(4));
    }

    /** The layers that remember something, bottom first, all of them zeros. */
    public List<SavedLayer> emptyLayers() {
        return layers(new float[network.stateSize()]);
    }

    /** Cuts the states of all layers, an LSTM's h before its c, into those of each. */
    List<SavedLayer> layers(float[] state) {
        List<SavedLayer> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            int start = network.stateOffset(i);
            int size = network.layers().get(i).stateSize();
            if (size > 0) {
                float[] h = Arrays.copyOfRange(state, start, start + size / 2);
                float[] c = Arrays.copyOfRange(state, start + size / 2, start + size);
                layers.add(new SavedLayer(network.nameOf(i), h, c));
            }
        }
        return layers;
    }

    @Override
    public String toString() {
        return network + " on " + columns + " for " + target;
    }
}
