package org.cellstream.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The layout of a network's weights: which tensor starts where in the one flat float vector. */
public final class Parameters {

    /**
     * Of the heap, for each parameter: the weights are there as they are, packed for the steps, and
     * while they are read, sent to where they are stepped, or learned.
     */
    private static final int HEAP_PER_PARAMETER = 32;

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
        long size = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            for (Parameter parameter : layer.parameters(network.nameOf(i), network.inputsOf(i))) {
                // Of a network that is too large some of them are wrong; it is refused below.
                offsets.put(parameter.name(), (int) size);
                list.add(parameter);
                size += (long) parameter.rows() * parameter.columns();
            }
        }
        long heap = Runtime.getRuntime().maxMemory();
        long most = Math.min(heap / HEAP_PER_PARAMETER, Integer.MAX_VALUE);
        if (size > most) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s has %,d parameters; a heap of %,d MiB takes %,d, more with a larger -Xmx",
                            network,
                            size,
                            heap >> 20,
                            most));
        }
        return new Parameters(List.copyOf(list), offsets, (int) size);
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
