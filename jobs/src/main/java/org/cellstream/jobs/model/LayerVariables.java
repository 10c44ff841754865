package org.cellstream.jobs.model;

import java.io.IOException;
import java.util.List;
import org.cellstream.model.Tensor;

/** Where the variables of one Keras layer lie. */
interface LayerVariables {

    /**
     * The next variables of the layer, in the order in which Keras made them.
     *
     * @param part the object within the layer that owns them, as {@code cell} or {@code
     *     forward_layer/cell}; empty for the layer itself
     * @param trained how many of them are trained
     * @param others how many are not, which follow
     */
    List<Tensor> take(String part, int trained, int others) throws IOException;
}
