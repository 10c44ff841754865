package org.cellstream.learn;

import org.cellstream.nn.DropoutActivations;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Backward pass of a dropout: what was dropped gets no gradient. */
final class DropoutBackward implements LayerBackward {

    private final LayerOutputs outputs;
    private final int n;

    // What the forward pass multiplied by, [B, I]; tests fill it in double.
    final Matrix mask;

    /** Over rows of {@code width} floats. */
    DropoutBackward(DataType precision, int width, WindowShape shape) {
        this.outputs = new LayerOutputs(precision, shape.n(), width);
        this.n = shape.n();
        this.mask = Matrix.allocate(precision, shape.rows(), width);
    }

    @Override
    public void keep(LayerActivations layer) {
        outputs.keep(layer);
        mask.put(0, ((DropoutActivations) layer).mask());
    }

    @Override
    public Matrix outputs() {
        return outputs.values;
    }

    @Override
    public Matrix outputGradient() {
        return outputs.gradient;
    }

    @Override
    public void backward(Matrix inputs, @Nullable Matrix inputGradient) {
        if (inputGradient != null) {
            int size = n * outputs.width;
            int ofStep = mask.size();
            for (int i = 0; i < size; i++) {
                inputGradient.set(i, outputs.gradient.get(i) * mask.get(i % ofStep));
            }
        }
    }

    @Override
    public void close() {
        outputs.close();
        mask.close();
    }
}
