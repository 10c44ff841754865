package org.cellstream.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a network is: the width of its input row and its layers, bottom first. Two ways to say the
 * same:
 *
 * <pre>{@code
 * Network.of(8).lstm(64).lstm(32).dense(1)
 * Network.parse("lstm(64) lstm(32) dense(1)", 8)
 * }</pre>
 *
 * @param inputs width of the input row
 * @param layers bottom first; a network without layers hands its input through
 */
public record Network(int inputs, List<Layer> layers) implements Serializable {

    public Network {
        if (inputs < 1) {
            throw new IllegalArgumentException(
                    "network has " + inputs + " inputs; need at least 1");
        }
        layers = List.copyOf(layers);
        int width = inputs;
        for (Layer layer : layers) {
            if (layer instanceof Skip skip && skip.networkInputs() != inputs) {
                throw new IllegalArgumentException(
                        "skip adds %d inputs; the network has %d"
                                .formatted(skip.networkInputs(), inputs));
            }
            width = layer.outputs(width);
        }
    }

    /** A network over rows of {@code inputs} floats, still without layers. */
    public static Network of(int inputs) {
        return new Network(inputs, List.of());
    }

    /**
     * Reads a network from words such as {@code "lstm(64) dense(1)"}.
     *
     * @throws IllegalArgumentException if a word is no layer, or its arguments are not those that
     *     it takes; it names the word and what is allowed
     */
    public static Network parse(String text, int inputs) {
        return new Network(inputs, NetworkParser.layers(text, inputs));
    }

    /** This network with an LSTM of {@code units} hidden units on top. */
    public Network lstm(int units) {
        return then(new Lstm(units));
    }

    /** This network with a GRU of {@code units} hidden units on top, as PyTorch has it. */
    public Network gru(int units) {
        return then(new Gru(units, Gru.Reset.AFTER));
    }

    /** This network with a linear layer of {@code units} outputs on top. */
    public Network dense(int units) {
        return then(new Dense(units));
    }

    /** This network with one more layer on top. */
    public Network then(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new Network(inputs, more);
    }

    /** Width of the output row. */
    public int outputs() {
        return inputsOf(layers.size());
    }

    /** Width of the input row of layer {@code index}. */
    public int inputsOf(int index) {
        int width = inputs;
        for (int i = 0; i < index; i++) {
            width = layers.get(i).outputs(width);
        }
        return width;
    }

    /** Width of the output row of layer {@code index}. */
    public int outputsOf(int index) {
        return inputsOf(index + 1);
    }

    /** Floats that one key remembers: the states of all layers, bottom first. */
    public int stateSize() {
        return layers.stream().mapToInt(Layer::stateSize).sum();
    }

    /** What the state of layer {@code index} is, in words: {@code h, then c}. */
    public String stateText(int index) {
        return StatePart.text(layers.get(index).stateParts());
    }

    /** Whether a time step's output depends on later ones, so that only windows can be run. */
    public boolean readsWholeWindows() {
        return layers.stream().anyMatch(Layer::readsWholeWindows);
    }

    /**
     * Checks that this network can be stepped.
     *
     * @throws IllegalArgumentException if a layer needs the whole window; it names the layer
     */
    public void checkSteps() {
        for (Layer layer : layers) {
            if (layer.readsWholeWindows()) {
                throw new IllegalArgumentException(
                        layer
                                + " reads a whole window, also backwards from its end; a step at a"
                                + " time there is no future to read, so this network can only be"
                                + " run over windows");
            }
        }
    }

    /** Where the state of layer {@code index} starts in a key's state. */
    public int stateOffset(int index) {
        return layers.subList(0, index).stream().mapToInt(Layer::stateSize).sum();
    }

    /**
     * Name of layer {@code index}, counted within its kind: {@code lstm}, {@code lstm_1}, {@code
     * dense}.
     */
    public String nameOf(int index) {
        String kind = layers.get(index).kind();
        long before = layers.subList(0, index).stream().filter(l -> l.kind().equals(kind)).count();
        return before == 0 ? kind : kind + "_" + before;
    }

    /**
     * The layout of this network's weights.
     *
     * @throws IllegalArgumentException if this JVM's heap is too small for them; it names how many
     *     there are and how many are allowed
     */
    public Parameters parameters() {
        return Parameters.of(this);
    }

    /**
     * Checks that this JVM's heap is large enough for this network.
     *
     * @throws IllegalArgumentException if not, as of {@link #parameters}
     */
    public void checkSize() {
        Parameters.of(this);
    }

    /**
     * The same network that drops nothing while training: the same weights fit, and mean the same.
     */
    public Network withoutDropout() {
        List<Layer> others = new ArrayList<>();
        for (Layer layer : layers) {
            Layer other = layer.withoutDropout();
            if (other != null) {
                others.add(other);
            }
        }
        return new Network(inputs, others);
    }

    /** The text that {@link #parse} reads: {@code lstm(64) dense(1)}. */
    public String text() {
        return layers.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Text and width, the network's identity: {@code lstm(64) dense(1) over 3 inputs}. */
    @Override
    public String toString() {
        return text() + " over " + inputs + (inputs == 1 ? " input" : " inputs");
    }
}
