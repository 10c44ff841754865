package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.LayerNormActivations;
import org.cellstream.nn.Parameter;
import org.jspecify.annotations.Nullable;

/** Backward pass of a layer normalisation. All sums run in double, in the order of the rows. */
final class LayerNormBackward implements LayerBackward {

    private final LayerOutputs outputs;
    private final Matrix weight;
    private final Matrix weightGradient;
    private final Matrix biasGradient;
    private final int n;

    // What the forward pass kept; tests fill these in double.
    final Matrix normalised;
    final Matrix scales;

    private final double[] weightSums;
    private final double[] biasSums;

    /**
     * For windows of one shape.
     *
     * @param own the layer's parameters: weight, bias
     * @param n T * B
     */
    LayerNormBackward(ParameterMatrices parameters, List<Parameter> own, int n) {
        int width = own.get(0).rows();
        this.outputs = new LayerOutputs(parameters.precision(), n, width);
        this.weight = parameters.weight(own.get(0));
        this.weightGradient = parameters.gradient(own.get(0));
        this.biasGradient = parameters.gradient(own.get(1));
        this.n = n;
        this.normalised = Matrix.allocate(parameters.precision(), n, width);
        this.scales = Matrix.allocate(parameters.precision(), n, 1);
        this.weightSums = new double[width];
        this.biasSums = new double[width];
    }

    @Override
    public void keep(LayerActivations layer) {
        LayerNormActivations kept = (LayerNormActivations) layer;
        outputs.keep(kept);
        normalised.put(0, kept.normalised());
        scales.put(0, kept.scales());
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
        Arrays.fill(weightSums, 0);
        Arrays.fill(biasSums, 0);
        for (int row = 0; row < n; row++) {
            for (int k = 0; k < outputs.width; k++) {
                int at = row * outputs.width + k;
                weightSums[k] += outputs.gradient.get(at) * normalised.get(at);
                biasSums[k] += outputs.gradient.get(at);
            }
            if (inputGradient != null) {
                rowBackward(row, inputGradient);
            }
        }
        for (int k = 0; k < outputs.width; k++) {
            weightGradient.set(k, weightGradient.get(k) + weightSums[k]);
            biasGradient.set(k, biasGradient.get(k) + biasSums[k]);
        }
    }

    /**
     * Takes from the gradient of a normalised row its mean and its share along the row: neither
     * shifting nor scaling the inputs changes anything.
     */
    private void rowBackward(int row, Matrix inputGradient) {
        int width = outputs.width;
        int from = row * width;
        double sum = 0;
        double along = 0;
        for (int k = 0; k < width; k++) {
            double gradient = outputs.gradient.get(from + k) * weight.get(k);
            sum += gradient;
            along += gradient * normalised.get(from + k);
        }
        for (int k = 0; k < width; k++) {
            double gradient = outputs.gradient.get(from + k) * weight.get(k);
            double share = (sum + normalised.get(from + k) * along) / width;
            inputGradient.set(from + k, scales.get(row) * (gradient - share));
        }
    }

    @Override
    public void close() {
        outputs.close();
        normalised.close();
        scales.close();
    }
}
