package org.cellstream.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the words of a network:
 *
 * <pre>
 * network  := layer+
 * layer    := word [ "(" argument ("," argument)* ")" ]
 * argument := [ name "=" ] (number | layer)
 * </pre>
 *
 * Blanks may stand between all of them. What a word's arguments mean, its layer knows.
 */
final class NetworkParser {

    /** Words within words; more would be nothing but a way to fill the stack. */
    private static final int DEEPEST = 8;

    private final Map<String, Function<LayerWord, Layer>> kinds = new TreeMap<>();
    private final String text;
    private int at;

    private NetworkParser(String text, int inputs) {
        this.text = text;
        kinds.put("dense", Dense::read);
        kinds.put("dropout", Dropout::read);
        kinds.put("embedding", Embedding::read);
        kinds.put("layernorm", LayerNorm::read);
        kinds.put("lstm", Lstm::read);
        kinds.put("skip", word -> Skip.read(word, inputs));
    }

    /** The layers of a network's text, over rows of {@code inputs} floats. */
    static List<Layer> layers(String text, int inputs) {
        NetworkParser parser = new NetworkParser(text.strip(), inputs);
        List<Layer> layers = new ArrayList<>();
        parser.skipBlanks();
        while (parser.at < parser.text.length()) {
            layers.add(parser.layer(parser.word(1)));
            parser.skipBlanks();
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "network is empty; an example is \"lstm(64) dense(1)\"");
        }
        return layers;
    }

    /**
     * The layer that a word means.
     *
     * @throws IllegalArgumentException if it means none, or its arguments are not those it takes
     */
    private Layer layer(LayerWord word) {
        Function<LayerWord, Layer> kind = kinds.get(word.word());
        if (kind == null) {
            throw word.error("is not a layer; allowed are " + String.join(", ", kinds.keySet()));
        }
        return kind.apply(word);
    }

    private LayerWord word(int depth) {
        int start = at;
        String word = token();
        if (word.isEmpty()) {
            throw word(text.substring(start))
                    .error("is not a layer; allowed are " + String.join(", ", kinds.keySet()));
        }
        skipBlanks();
        List<LayerWord.Argument> arguments = new ArrayList<>();
        if (taken('(')) {
            if (depth > DEEPEST) {
                throw word(text.substring(start))
                        .error("is a word within " + DEEPEST + " others; need fewer");
            }
            do {
                arguments.add(argument(depth, start));
            } while (taken(','));
            if (!taken(')')) {
                throw word(text.substring(start)).error("has a \"(\" without its \")\"");
            }
        }
        return new LayerWord(word, arguments, text);
    }

    /** An argument with the blanks around it, of the word that starts at {@code start}. */
    private LayerWord.Argument argument(int depth, int start) {
        skipBlanks();
        int first = at;
        String name = token();
        skipBlanks();
        if (taken('=')) {
            skipBlanks();
            first = at;
        } else {
            name = "";
        }
        at = first;
        if (token().isEmpty()) {
            throw word(text.substring(start))
                    .error("has an argument that is neither a number nor a word");
        }
        at = first;
        LayerWord value = word(depth + 1);
        skipBlanks();
        return new LayerWord.Argument(name, value);
    }

    private LayerWord word(String word) {
        return new LayerWord(word, List.of(), text);
    }

    /** The letters, digits and signs of a word or number from here on; empty if there are none. */
    private String token() {
        int start = at;
        while (at < text.length() && isOfToken(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isOfToken(char c) {
        return Character.isLetterOrDigit(c) || "_-+.".indexOf(c) >= 0;
    }

    private boolean taken(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
