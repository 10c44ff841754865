package org.cellstream.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;

/** Draws a network as Keras' {@code summary()} does. */
public final class Summary {

    private static final List<String> HEAD =
            List.of("Layer", "Kind", "Output", "State", "Tensors", "Parameters");

    private Summary() {}

    /** A table with a line for each layer, bottom first, and the sum of the parameters. */
    public static String of(Network network) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        rows.add(List.of("input", "", "[B, " + network.inputs() + "]", "", "", "0"));
        for (int i = 0; i < network.layers().size(); i++) {
            rows.add(row(network, i));
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        rule(text, widths, "┌┬┐");
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                rule(text, widths, "├┼┤");
            }
        }
        rule(text, widths, "└┴┘");
        int size = network.parameters().size();
        text.append("Network: ").append(network).append('\n');
        text.append("Parameters: ").append(count(size)).append(" (");
        text.append(kib((long) size * Float.BYTES)).append(")\n");
        text.append("State of one key: ").append(count(network.stateSize())).append(" floats\n");
        return text.toString();
    }

    private static List<String> row(Network network, int index) {
        Layer layer = network.layers().get(index);
        String name = network.nameOf(index);
        List<Parameter> parameters = layer.parameters(name, network.inputsOf(index));
        List<String> tensors = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String ending = TensorGroup.ending(parameter);
            tensors.add(
                    ending.startsWith("bias")
                            ? "%s [%d]".formatted(ending, parameter.rows())
                            : "%s [%d, %d]"
                                    .formatted(ending, parameter.rows(), parameter.columns()));
        }
        return List.of(
                name,
                layer.toString(),
                "[B, " + layer.outputs(network.inputsOf(index)) + "]",
                Integer.toString(layer.stateSize()),
                String.join(", ", tensors),
                count(parameters.stream().mapToInt(Parameter::size).sum()));
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        return widths;
    }

    private static void rule(StringBuilder text, int[] widths, String corners) {
        for (int c = 0; c < widths.length; c++) {
            text.append(corners.charAt(c == 0 ? 0 : 1)).append("─".repeat(widths[c] + 2));
        }
        text.append(corners.charAt(2)).append('\n');
    }

    /** Numbers stand at the right, words at the left. */
    private static void line(StringBuilder text, List<String> row, int[] widths) {
        for (int c = 0; c < widths.length; c++) {
            String blanks = " ".repeat(widths[c] - row.get(c).length());
            boolean number = c == HEAD.size() - 1;
            text.append("│ ").append(number ? blanks + row.get(c) : row.get(c) + blanks);
            text.append(' ');
        }
        text.append("│\n");
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String kib(long bytes) {
        return String.format(Locale.ROOT, "%,.2f KiB", bytes / 1024.0);
    }
}
