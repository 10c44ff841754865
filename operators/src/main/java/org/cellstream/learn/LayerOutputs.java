package org.cellstream.learn;

import org.cellstream.nn.LayerActivations;
import org.nd4j.linalg.api.buffer.DataType;

/** Output rows of a layer and the gradient with respect to them, {@code [N, O]} each. */
final class LayerOutputs implements AutoCloseable {

    final Matrix values;
    final Matrix gradient;
    final int width;

    LayerOutputs(DataType precision, int n, int width) {
        this.values = Matrix.allocate(precision, n, width);
        this.gradient = Matrix.allocate(precision, n, width);
        this.width = width;
    }

    /** Takes over the outputs of a forward pass. */
    void keep(LayerActivations kept) {
        values.put(0, kept.outputs());
    }

    @Override
    public void close() {
        values.close();
        gradient.close();
    }
}
