package org.cellstream.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layout of a network's weights: which tensor starts where in the one flat float vector. */
public final class Parameters {

    private final List<Parameter> list;
    private final Map<String, Integer> offsets;
    private final int size;

    private Parameters(List<Parameter> list, Map<String, Integer> offsets, int size) {
        this.list = list;
        this.offsets = offsets;
        this.size = size;
    }

    static Parameters of(Network network) {
        List<Parameter> list = new ArrayList<>();
        Map<String, Integer> offsets = new LinkedHashMap<>();
        int size = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            for (Parameter parameter : layer.parameters(network.nameOf(i), network.inputsOf(i))) {
                offsets.put(parameter.name(), size);
                list.add(parameter);
                long end = size + (long) parameter.rows() * parameter.columns();
                if (end > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException(
                            network + " has more than " + Integer.MAX_VALUE + " weights");
                }
                size = (int) end;
            }
        }
        return new Parameters(List.copyOf(list), offsets, size);
    }

    /** All parameters, in the order in which they lie in the weights. */
    public List<Parameter> list() {
        return list;
    }

    /** Floats in the weights. */
    public int size() {
        return size;
    }

    /**
     * Where a parameter starts in the weights.
     *
     * @throws IllegalArgumentException if there is none of that name; it lists the names there are
     */
    public int offset(String name) {
        Integer offset = offsets.get(name);
        if (offset == null) {
            throw new IllegalArgumentException(
                    "no parameter \"" + name + "\"; there are " + offsets.keySet());
        }
        return offset;
    }
}
