package org.cellstream.nn;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One layer of a {@link Network}: a closed set, each knowing its own shape. */
public sealed interface Layer extends Serializable
        permits Lstm, Gru, Bidirectional, Dense, Embedding, LayerNorm, Dropout, Skip {

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

    /** Whether they mean the same as those of another layer over as many inputs. */
    default boolean remembersAs(Layer other) {
        return equals(other);
    }

    /** What those floats are, in the order in which they lie in a key's state. */
    default List<StatePart> stateParts() {
        return stateSize() == 0 ? List.of() : List.of(new StatePart("h", stateSize()));
    }

    /** Whether a time step's output depends on later ones, so that only windows can be run. */
    default boolean readsWholeWindows() {
        return false;
    }

    /**
     * The parameters of this layer over {@code inputs} inputs, in the order in which they lie in
     * the weights.
     */
    List<Parameter> parameters(String name, int inputs);

    /** Room for what a forward pass over such windows keeps of this layer. */
    LayerActivations activations(int inputs, WindowShape shape);

    /**
     * Draws what this layer drops while training, where it has such a thing.
     *
     * @param name of this layer
     * @param kept of this layer, whose masks are overwritten
     */
    default void drop(DropoutMasks masks, String name, LayerActivations kept) {}

    /** The same layer that drops nothing while training; null if dropping is all that it does. */
    default @Nullable Layer withoutDropout() {
        return this;
    }

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);

    /** The width of a layer's output row, if that is a width. */
    static int width(Layer layer, long width) {
        if (width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "output row of %s has %d floats; need at most %d"
                            .formatted(layer, width, Integer.MAX_VALUE));
        }
        return (int) width;
    }
}
