package org.cellstream.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final int MOST_DIGITS = 6;
    private static final Pattern LAYER = Pattern.compile("([a-z]+)\\(\\s*(\\d+)\\s*\\)");

    public Network {
        if (inputs < 1) {
            throw new IllegalArgumentException(
                    "network has " + inputs + " inputs; need at least 1");
        }
        layers = List.copyOf(layers);
    }

    /** A network over rows of {@code inputs} floats, still without layers. */
    public static Network of(int inputs) {
        return new Network(inputs, List.of());
    }

    /**
     * Reads a network from words such as {@code "lstm(64) dense(1)"}.
     *
     * @throws IllegalArgumentException if a word is no layer; it names the word and the layers
     *     there are
     */
    public static Network parse(String text, int inputs) {
        Network network = of(inputs);
        String rest = text.strip();
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "network is empty; an example is \"lstm(64) dense(1)\"");
        }
        Matcher matcher = LAYER.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw noLayer(rest.substring(end), text);
            }
            network = network.then(layer(matcher.group(1), units(matcher), text));
            end = matcher.end();
            while (end < rest.length() && Character.isWhitespace(rest.charAt(end))) {
                end++;
            }
        }
        return network;
    }

    private static int units(Matcher layer) {
        String units = layer.group(2);
        if (units.length() > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "\"%s\" has %s units; need at most %s"
                            .formatted(layer.group(), units, "9".repeat(MOST_DIGITS)));
        }
        return Integer.parseInt(units);
    }

    private static Layer layer(String kind, int units, String text) {
        return switch (kind) {
            case "lstm" -> new Lstm(units);
            case "dense" -> new Dense(units);
            default -> throw noLayer(kind, text);
        };
    }

    private static IllegalArgumentException noLayer(String word, String text) {
        return new IllegalArgumentException(
                "\""
                        + word
                        + "\" in network \""
                        + text
                        + "\" is not a layer; allowed are lstm(units) and dense(units)");
    }

    /** This network with an LSTM of {@code units} hidden units on top. */
    public Network lstm(int units) {
        return then(new Lstm(units));
    }

    /** This network with a linear layer of {@code units} outputs on top. */
    public Network dense(int units) {
        return then(new Dense(units));
    }

    private Network then(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new Network(inputs, more);
    }

    /** Width of the output row. */
    public int outputs() {
        return layers.isEmpty() ? inputs : layers.get(layers.size() - 1).outputs();
    }

    /** Width of the input row of layer {@code index}. */
    public int inputsOf(int index) {
        return index == 0 ? inputs : layers.get(index - 1).outputs();
    }

    /** Floats that one key remembers: the states of all layers, bottom first. */
    public int stateSize() {
        return layers.stream().mapToInt(Layer::stateSize).sum();
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

    /** The layout of this network's weights. */
    public Parameters parameters() {
        return Parameters.of(this);
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
