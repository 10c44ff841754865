package org.cellstream.learn;

import org.cellstream.nn.Embedding;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Backward pass of an embedding: what a category's units got goes to its row of the weights, in the
 * order of the rows; the column of the index gets nothing.
 */
final class EmbeddingBackward implements LayerBackward {

    private final Embedding layer;
    private final LayerOutputs outputs;
    private final Matrix weightGradient;
    private final int inputs;
    private final int n;

    /**
     * For windows of one shape.
     *
     * @param inputs width of the layer's input rows
     * @param n T * B
     */
    EmbeddingBackward(
            ParameterMatrices parameters, Parameter weight, Embedding layer, int inputs, int n) {
        this.layer = layer;
        this.outputs = new LayerOutputs(parameters.precision(), n, layer.outputs(inputs));
        this.weightGradient = parameters.gradient(weight);
        this.inputs = inputs;
        this.n = n;
    }

    @Override
    public void keep(LayerActivations kept) {
        outputs.keep(kept);
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
    public void backward(Matrix inputRows, @Nullable Matrix inputGradient) {
        int column = layer.columnOf(inputs);
        for (int row = 0; row < n; row++) {
            int from = row * outputs.width;
            int to = row * inputs;
            int category = layer.category(inputRows.get(to + column));
            if (category >= 0) {
                addToWeights(category * layer.units(), from + inputs - 1);
            }
            if (inputGradient != null) {
                for (int k = 0; k < inputs; k++) {
                    int output = k < column ? k : k - 1;
                    double value = k == column ? 0 : outputs.gradient.get(from + output);
                    inputGradient.set(to + k, value);
                }
            }
        }
    }

    private void addToWeights(int weight, int output) {
        for (int u = 0; u < layer.units(); u++) {
            double sum = weightGradient.get(weight + u) + outputs.gradient.get(output + u);
            weightGradient.set(weight + u, sum);
        }
    }

    @Override
    public void close() {
        outputs.close();
    }
}
