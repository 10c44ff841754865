package org.cellstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cellstream.features.Columns;
import org.cellstream.features.NetworkInput;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Dropout;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerNorm;
import org.cellstream.nn.LayerVisitor;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.cellstream.nn.Skip;

/**
 * Follows the indices of categories through a network, bottom layer first: each has to be read by
 * an embedding of as many categories, and an embedding reads nothing else.
 */
final class CategoryInputs implements LayerVisitor<List<NetworkInput>> {

    private final List<NetworkInput> inputs;

    /** What each number of the row is that the layer at hand reads. */
    private List<NetworkInput> row;

    private CategoryInputs(List<NetworkInput> inputs) {
        this.inputs = inputs;
        this.row = inputs;
    }

    /**
     * Checks that columns and network fit.
     *
     * @throws IllegalArgumentException if they do not; the message names the layer and the column,
     *     and the index to write where an embedding reads another one
     */
    static void check(Columns columns, Network network) {
        CategoryInputs at = new CategoryInputs(columns.inputs());
        for (Layer layer : network.layers()) {
            at.row = layer.accept(at);
        }
        at.noCategory("the network's output");
    }

    @Override
    public List<NetworkInput> embedding(Embedding layer) {
        int column = layer.columnOf(row.size());
        NetworkInput input = row.get(column);
        if (!input.isCategory()) {
            throw new IllegalArgumentException(
                    "%s reads column %d of its row, %s, which is a number; need a column of category(%d)%s"
                            .formatted(
                                    layer, column, input.name(), layer.categories(), categories()));
        }
        if (input.categories() != layer.categories()) {
            throw new IllegalArgumentException(
                    "%s reads the column %s of category(%d); both need the same number of categories%s"
                            .formatted(layer, input.name(), input.categories(), categories()));
        }
        List<NetworkInput> above = new ArrayList<>(row);
        above.remove(column);
        above.addAll(numbers(layer, layer.units()));
        return above;
    }

    /** Which columns of the row an embedding can read, for messages. */
    private String categories() {
        String found =
                IntStream.range(0, row.size())
                        .filter(i -> row.get(i).isCategory())
                        .mapToObj(
                                i ->
                                        "%s of category(%d) is column=%d"
                                                .formatted(
                                                        row.get(i).name(),
                                                        row.get(i).categories(),
                                                        i))
                        .collect(Collectors.joining(", "));
        return found.isEmpty()
                ? "; there is none, as kind=Kind|category(n) or id=key|category(n) is one"
                : "; " + found;
    }

    /** Refuses a row with an index in it for a reader that would take it for a number. */
    private void noCategory(String reader) {
        for (int i = 0; i < row.size(); i++) {
            NetworkInput input = row.get(i);
            if (input.isCategory()) {
                String place = i == row.size() - 1 ? "" : ", column=" + i;
                throw new IllegalArgumentException(
                        "%s takes in the column %s of category(%d), whose index is no number to compute with; put embedding(%d, units%s) before it"
                                .formatted(
                                        reader,
                                        input.name(),
                                        input.categories(),
                                        input.categories(),
                                        place));
            }
        }
    }

    /** The outputs of a layer that computes with its whole row. */
    private List<NetworkInput> computed(Layer layer) {
        noCategory(layer.toString());
        return numbers(layer, layer.outputs(row.size()));
    }

    private static List<NetworkInput> numbers(Layer layer, int count) {
        NetworkInput number = new NetworkInput("an output of " + layer, 0);
        return Collections.nCopies(count, number);
    }

    @Override
    public List<NetworkInput> lstm(Lstm layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> gru(Gru layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> bidirectional(Bidirectional layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> dense(Dense layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> layerNorm(LayerNorm layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> dropout(Dropout layer) {
        return computed(layer);
    }

    @Override
    public List<NetworkInput> skip(Skip layer) {
        List<NetworkInput> above = new ArrayList<>(row);
        above.addAll(inputs);
        return above;
    }
}
