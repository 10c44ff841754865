package org.cellstream.nn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A word of a network's text with its arguments, as {@link NetworkParser} found them: {@code
 * dense(10, relu)}. Whoever knows what the word means first says which arguments it {@link #takes},
 * then asks for them.
 */
final class LayerWord {

    /** Largest size, so that no text can fill the memory. */
    static final int MOST = 999_999;

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d*\\.?\\d+([eE][-+]?\\d{1,3})?");

    private final String word;
    private final String network;
    private final List<Argument> arguments;
    private final Map<String, LayerWord> byName = new TreeMap<>();

    /**
     * An argument.
     *
     * @param name what stands before its {@code =}; empty if there is none
     * @param value a number or word, perhaps with arguments of its own
     */
    record Argument(String name, LayerWord value) {

        @Override
        public String toString() {
            return name.isEmpty() ? value.toString() : name + "=" + value;
        }
    }

    /**
     * A word.
     *
     * @param network the whole text, for messages
     */
    LayerWord(String word, List<Argument> arguments, String network) {
        this.word = word;
        this.arguments = List.copyOf(arguments);
        this.network = network;
    }

    /** The word without its arguments. */
    String word() {
        return word;
    }

    /**
     * Takes arguments of these names. Those without a name are the first ones, in this order; a
     * name that ends in {@code =} must be written out.
     *
     * @throws IllegalArgumentException if there is an argument too many, or one twice
     */
    void takes(String... names) {
        List<String> places = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith("=")) {
                allowed.add(name.substring(0, name.length() - 1));
            } else {
                places.add(name);
                allowed.add(name);
            }
        }
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            String name = argument.name();
            if (name.isEmpty() && i < places.size()) {
                name = places.get(i);
            }
            if (!allowed.contains(name)) {
                String takes = allowed.isEmpty() ? "no arguments" : String.join(", ", allowed);
                throw error("does not take \"" + argument + "\"; " + word + " takes " + takes);
            }
            if (byName.put(name, argument.value()) != null) {
                throw error("has " + name + " twice");
            }
        }
    }

    /** Whether this argument is given. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** A size that must be given: 1 to {@value #MOST}. */
    int size(String name) {
        return whole(name, 1);
    }

    /** A whole number that must be given: {@code least} to {@value #MOST}. */
    int whole(String name, int least) {
        String allowed = "need a whole number of " + least + " to " + MOST;
        LayerWord value = byName.get(name);
        if (value == null) {
            throw error("has no " + name + "; " + allowed);
        }
        String text = value.toString();
        if (text.matches("\\d{7,}")) {
            throw error("has %s %s; need at most %d".formatted(name, text, MOST));
        }
        if (!text.matches("\\d+") || Integer.parseInt(text) < least) {
            throw error("has %s %s; %s".formatted(name, text, allowed));
        }
        return Integer.parseInt(text);
    }

    /** A number; {@code missing} if it is not given. */
    double number(String name, double missing) {
        LayerWord value = byName.get(name);
        if (value == null) {
            return missing;
        }
        if (!NUMBER.matcher(value.toString()).matches()) {
            throw error("has %s %s; need a number".formatted(name, value));
        }
        return Double.parseDouble(value.word);
    }

    /** A word, perhaps with arguments of its own; null if it is not given. */
    @Nullable LayerWord argument(String name) {
        return byName.get(name);
    }

    /** A number as it is written in a network's text, and read again: {@code 0.001}. */
    static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** An exception whose message is this word, its network and {@code what}. */
    IllegalArgumentException error(String what) {
        return new IllegalArgumentException(
                "\"%s\" in network \"%s\" %s".formatted(this, network, what));
    }

    /** As it may be written: {@code lstm(64, dropout=0.1)}. */
    @Override
    public String toString() {
        if (arguments.isEmpty()) {
            return word;
        }
        return arguments.stream()
                .map(Argument::toString)
                .collect(Collectors.joining(", ", word + "(", ")"));
    }
}
