package org.cellstream.learn;

import org.cellstream.nn.LayerActivations;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Backward pass of a skip connection: what the network's own input got, nobody needs. */
final class SkipBackward implements LayerBackward {

    private final LayerOutputs all;
    private final int inputs;
    private final int n;

    /**
     * For windows of one shape.
     *
     * @param inputs width of the layer's input rows
     * @param outputs width of its output rows
     * @param n T * B
     */
    SkipBackward(DataType precision, int inputs, int outputs, int n) {
        this.all = new LayerOutputs(precision, n, outputs);
        this.inputs = inputs;
        this.n = n;
    }

    @Override
    public void keep(LayerActivations kept) {
        all.keep(kept);
    }

    @Override
    public Matrix outputs() {
        return all.values;
    }

    @Override
    public Matrix outputGradient() {
        return all.gradient;
    }

    @Override
    public void backward(Matrix inputRows, @Nullable Matrix inputGradient) {
        if (inputGradient != null) {
            for (int i = 0; i < n * inputs; i++) {
                int output = i / inputs * all.width + i % inputs;
                inputGradient.set(i, all.gradient.get(output));
            }
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
