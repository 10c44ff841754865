package org.cellstream.learn;

import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;

/** Backward pass of an LSTM's projection: {@code h = W_hr k} with {@code k = o * tanh(c)}. */
final class LstmProjectionBackward implements AutoCloseable {

    /** k, {@code [N, H]}; the cells' backward pass fills it in. */
    final Matrix shown;

    /** Gradient with respect to k at one time step, {@code [B, H]}. */
    final Matrix shownGradient;

    private final Factor weight;
    private final Matrix weightGradient;

    LstmProjectionBackward(ParameterMatrices parameters, Parameter weight, WindowShape shape) {
        this.shown = Matrix.allocate(parameters.precision(), shape.n(), weight.columns());
        this.shownGradient =
                Matrix.allocate(parameters.precision(), shape.rows(), weight.columns());
        this.weight = parameters.weight(weight).factor();
        this.weightGradient = parameters.gradient(weight);
    }

    /** Takes the weights as they are now. */
    void load() {
        weight.load();
    }

    /** From the gradient with respect to h at one time step {@code [B, P]}. */
    void backwardAt(Matrix hiddenGradient) {
        weight.setProduct(shownGradient, hiddenGradient);
    }

    /** Adds to the gradient of the weight, from that with respect to h at all time steps. */
    void backward(Matrix hiddenGradient) {
        weightGradient.addTransposedProduct(hiddenGradient, shown);
    }

    @Override
    public void close() {
        shown.close();
        shownGradient.close();
    }
}
