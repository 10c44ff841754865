package org.cellstream.state;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Network;
import org.cellstream.nn.StatePart;
import org.jspecify.annotations.Nullable;

/** Reads and writes a key's state layer by layer, by the layers' names. */
@Internal
public final class StateOfLayers {

    private final Network network;
    private final Map<String, Integer> layers = new LinkedHashMap<>();

    public StateOfLayers(Network network) {
        this.network = network;
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).stateSize() > 0) {
                layers.put(network.nameOf(i), i);
            }
        }
    }

    /** Names of the layers that have a state, bottom first. */
    public List<String> names() {
        return List.copyOf(layers.keySet());
    }

    /** A copy of a state: one array per layer, an LSTM's h, then its c, a GRU's h. */
    public Map<String, float[]> read(float[] states, int at) {
        return layers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                layer ->
                                        Arrays.copyOfRange(
                                                states,
                                                at + start(layer.getValue()),
                                                at + end(layer.getValue()))));
    }

    /** Sets the state of the layers that are given. */
    public void write(Map<String, float[]> given, float[] states, int at) {
        given.forEach(
                (name, values) ->
                        System.arraycopy(
                                values, 0, states, at + start(index(name)), values.length));
    }

    /** Sets the state of one layer to zeros. */
    public void reset(String name, float[] states, int at) {
        int index = index(name);
        Arrays.fill(states, at + start(index), at + end(index), 0);
    }

    private int index(String name) {
        Integer index = layers.get(name);
        if (index == null) {
            throw new IllegalArgumentException(wrongLayer(name));
        }
        return index;
    }

    /** What is wrong with a layer's name; null if nothing is. */
    public @Nullable String wrongLayer(@Nullable String name) {
        return name != null && layers.containsKey(name)
                ? null
                : "layer is %s; the layers with a state are %s".formatted(name, names());
    }

    /** What is wrong with a state that is to be set; null if nothing is. */
    public @Nullable String wrongState(Map<String, float[]> given) {
        if (given.isEmpty()) {
            return "state is empty; need an array for at least one of the layers " + names();
        }
        for (Map.Entry<String, float[]> entry : given.entrySet()) {
            String wrong = wrongLayer(entry.getKey());
            wrong = wrong == null ? wrongValues(entry.getKey(), entry.getValue()) : wrong;
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    /** Whether this network has what an order is about; an earlier job's may have had it. */
    public boolean fits(TimedOrder order) {
        return order.state().isEmpty()
                ? order.layer() == null || wrongLayer(order.layer()) == null
                : wrongState(order.state()) == null;
    }

    private @Nullable String wrongValues(String name, float[] values) {
        Layer layer = network.layers().get(index(name));
        if (values.length != layer.stateSize()) {
            return "state of %s has %d floats; need %d: %s"
                    .formatted(
                            name,
                            values.length,
                            layer.stateSize(),
                            StatePart.text(layer.stateParts()));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return "state of %s has %s at %d; need finite floats".formatted(name, values[i], i);
            }
        }
        return null;
    }

    private int start(int index) {
        return network.stateOffset(index);
    }

    private int end(int index) {
        return start(index) + network.layers().get(index).stateSize();
    }
}
