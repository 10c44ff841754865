package org.cellstream.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;

/**
 * How wide the input row of a network can be whose words are known: as wide as makes the first of
 * its weights that lie over the row fit a tensor. Layers below them may add to the width, or double
 * it.
 *
 * @param network over an input row of {@link #ANY} numbers
 * @param wider the same over one more
 */
record InputWidths(Network network, Network wider) {

    /** More than the number of any column that an embedding is likely to name. */
    static final int ANY = 1000;

    /** Widths that fit a tensor of these groups; 1 if every width does. */
    Set<Integer> fitting(List<TensorGroup> groups) {
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = Filling.parameters(network, i);
            List<Parameter> ofWider = Filling.parameters(wider, i);
            for (int p = 0; p < parameters.size(); p++) {
                boolean isVector = parameters.get(p).columns() == ofWider.get(p).columns();
                int size = size(parameters.get(p), isVector);
                int slope = size(ofWider.get(p), isVector) - size;
                if (slope > 0) {
                    return fitting(groups, isVector, size, slope);
                }
            }
        }
        return Set.of(1);
    }

    /** The layers with their shapes, for messages; ? where a size follows from the width. */
    String needed() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = Filling.parameters(network, i);
            List<Parameter> ofWider = Filling.parameters(wider, i);
            List<String> shapes = new ArrayList<>();
            for (int p = 0; p < parameters.size(); p++) {
                shapes.add(TensorGroup.ending(parameters.get(p)) + shape(parameters, ofWider, p));
            }
            if (!shapes.isEmpty()) {
                layers.add(network.nameOf(i) + ".* " + String.join(" ", shapes));
            }
        }
        return layers.isEmpty() ? "no tensors" : String.join(", ", layers);
    }

    private static List<String> shape(List<Parameter> parameters, List<Parameter> ofWider, int p) {
        List<Integer> shape = Filling.shape(parameters.get(p));
        List<Integer> other = Filling.shape(ofWider.get(p));
        return IntStream.range(0, shape.size())
                .mapToObj(d -> shape.get(d).equals(other.get(d)) ? "" + shape.get(d) : "?")
                .toList();
    }

    private static int size(Parameter parameter, boolean isVector) {
        return isVector ? parameter.rows() : parameter.columns();
    }

    /**
     * @param isVector whether the weights have a row for each input, and not a column
     * @param size their rows or columns over {@link #ANY} inputs
     * @param slope how many more there are for one more input
     */
    private static Set<Integer> fitting(
            List<TensorGroup> groups, boolean isVector, int size, int slope) {
        Set<Integer> widths = new LinkedHashSet<>();
        for (TensorGroup group : groups) {
            for (Tensor tensor : group.tensors().values()) {
                int more = tensor.dimension(isVector ? 0 : 1) - size;
                if (tensor.shape().size() == (isVector ? 1 : 2)
                        && more % slope == 0
                        && ANY + more / slope > 0) {
                    widths.add(ANY + more / slope);
                }
            }
        }
        return widths;
    }
}
