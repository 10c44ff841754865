package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Dropout;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerNorm;
import org.cellstream.nn.LayerVisitor;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Skip;
import org.cellstream.nn.WindowShape;

/** Makes the {@link LayerBackward} of each kind of layer. */
final class LayerBackwards implements LayerVisitor<LayerBackward> {

    private final WindowShape shape;
    private final ParameterMatrices parameters;
    private final List<Parameter> own;
    private final int inputs;
    private final int outputs;

    LayerBackwards(Network network, int index, WindowShape shape, ParameterMatrices parameters) {
        this.shape = shape;
        this.parameters = parameters;
        this.inputs = network.inputsOf(index);
        this.outputs = network.outputsOf(index);
        this.own = network.layers().get(index).parameters(network.nameOf(index), inputs);
    }

    /**
     * For one direction of a recurrent layer.
     *
     * @param own its parameters, the first of which is over its inputs
     */
    LayerBackwards(
            ParameterMatrices parameters, List<Parameter> own, Layer layer, WindowShape shape) {
        this.shape = shape;
        this.parameters = parameters;
        this.inputs = own.get(0).columns();
        this.outputs = layer.outputs(inputs);
        this.own = own;
    }

    @Override
    public LayerBackward lstm(Lstm layer) {
        return new LstmBackward(parameters, own, layer, shape);
    }

    @Override
    public LayerBackward gru(Gru layer) {
        return layer.reset() == Gru.Reset.AFTER
                ? new GruAfterBackward(parameters, own, layer, shape)
                : new GruBeforeBackward(parameters, own, layer, shape);
    }

    @Override
    public LayerBackward bidirectional(Bidirectional layer) {
        return new BidirectionalBackward(layer, parameters, own, shape);
    }

    @Override
    public LayerBackward dense(Dense layer) {
        return new DenseBackward(parameters, own, layer.activation(), shape.n());
    }

    @Override
    public LayerBackward embedding(Embedding layer) {
        return new EmbeddingBackward(parameters, own.get(0), layer, inputs, shape.n());
    }

    @Override
    public LayerBackward layerNorm(LayerNorm layer) {
        return new LayerNormBackward(parameters, own, shape.n());
    }

    @Override
    public LayerBackward dropout(Dropout layer) {
        return new DropoutBackward(parameters.precision(), inputs, shape);
    }

    @Override
    public LayerBackward skip(Skip layer) {
        return new SkipBackward(parameters.precision(), inputs, outputs, shape.n());
    }
}
