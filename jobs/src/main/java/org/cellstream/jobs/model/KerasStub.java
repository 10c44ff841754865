package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a layer in words as Keras would describe it. */
final class KerasStub {

    private static final Pattern BIDIRECTIONAL =
            Pattern.compile("bidirectional\\((.*\\))(?:, merge=(\\w+))?\\)");
    private static final Pattern WORD = Pattern.compile("(\\w+)\\((\\d+)(?:, ([\\w=.]+))?.*");

    private KerasStub() {}

    static void write(String name, String word, ArrayNode into) {
        write(name, word, into.addObject());
    }

    private static void write(String name, String word, ObjectNode layer) {
        ObjectNode config = layer.putObject("config").put("name", name);
        Matcher both = BIDIRECTIONAL.matcher(word);
        if (both.matches()) {
            layer.put("class_name", "Bidirectional");
            String merge = both.group(2) == null ? "concat" : both.group(2);
            config.put("merge_mode", merge.replace("average", "ave").replace("multiply", "mul"));
            write(name + "_both", both.group(1), config.putObject("layer"));
            return;
        }
        Matcher one = WORD.matcher(word);
        String kind = one.matches() ? one.group(1) : word;
        String argument = one.matches() && one.group(3) != null ? one.group(3) : "";
        config.put("units", one.matches() ? Integer.parseInt(one.group(2)) : 0);
        switch (kind) {
            case "lstm" -> layer.put("class_name", "LSTM");
            case "gru" -> {
                layer.put("class_name", "GRU");
                config.put("reset_after", !argument.equals("reset=before"));
            }
            case "dense" -> {
                layer.put("class_name", "Dense");
                config.put("activation", argument.isEmpty() ? "linear" : argument);
            }
            default -> layer.put("class_name", kind);
        }
    }
}
