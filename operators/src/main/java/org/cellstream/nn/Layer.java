package org.cellstream.nn;

import java.io.Serializable;
import java.util.List;

/** One layer of a {@link Network}: a closed set, each knowing its own shape. */
public sealed interface Layer extends Serializable permits Lstm, Dense {

    /**
     * Word for this layer in a network's text, and the stem of its name: {@code lstm}, {@code
     * dense}.
     */
    String kind();

    /**
     * Width of this layer's output row over rows of {@code inputs} floats.
     *
     * @throws IllegalArgumentException if it cannot stand over such rows
     */
    int outputs(int inputs);

    /** Floats that one key remembers for this layer; 0 for a layer without memory. */
    int stateSize();

    /**
     * The parameters of this layer over {@code inputs} inputs, in the order in which they lie in
     * the weights.
     */
    List<Parameter> parameters(String name, int inputs);

    /** Room for what a forward pass over such windows keeps of this layer. */
    LayerActivations activations(int inputs, WindowShape shape);

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);
}
