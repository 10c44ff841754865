package org.cellstream.learn;

import org.cellstream.loss.Loss;
import org.cellstream.nn.Activations;
import org.cellstream.nn.Network;
import org.cellstream.nn.WindowShape;

/**
 * The backward pass of a whole network over windows of one shape, in the precision of its
 * parameters. In order: {@link #keep}, {@link #loss}, {@link #backward}.
 */
final class Backpropagation implements AutoCloseable {

    private final Matrix inputs;
    private final LayerBackward[] layers;

    Backpropagation(Network network, int steps, int rows, ParameterMatrices parameters) {
        this.inputs = Matrix.allocate(parameters.precision(), steps * rows, network.inputs());
        this.layers = new LayerBackward[network.layers().size()];
        WindowShape shape = new WindowShape(steps, rows);
        for (int i = 0; i < layers.length; i++) {
            LayerBackwards kinds = new LayerBackwards(network, i, shape, parameters);
            layers[i] = network.layers().get(i).accept(kinds);
        }
    }

    /** Takes over what a forward pass kept. */
    void keep(Activations kept) {
        inputs.put(0, kept.inputs());
        for (int i = 0; i < layers.length; i++) {
            layers[i].keep(kept.layer(i));
        }
    }

    /** The network's inputs {@code [N, I]}. */
    Matrix inputs() {
        return inputs;
    }

    LayerBackward layer(int index) {
        return layers[index];
    }

    /** The sum of weighted losses; see {@link WeightedLoss#sum}. */
    double loss(Loss loss, Targets targets, double normaliser) {
        LayerBackward top = layers[layers.length - 1];
        return WeightedLoss.sum(loss, top.outputs(), targets, normaliser, top.outputGradient());
    }

    /** Adds the gradient of the last {@link #loss} to that of the parameters. */
    void backward() {
        for (int i = layers.length - 1; i > 0; i--) {
            LayerBackward below = layers[i - 1];
            layers[i].backward(below.outputs(), below.outputGradient());
        }
        layers[0].backward(inputs, null);
    }

    @Override
    public void close() {
        inputs.close();
        for (LayerBackward layer : layers) {
            layer.close();
        }
    }
}
