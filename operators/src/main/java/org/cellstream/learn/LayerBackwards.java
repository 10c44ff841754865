package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Gru;
import org.cellstream.nn.LayerVisitor;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;

/** Makes the {@link LayerBackward} of each kind of layer. */
final class LayerBackwards implements LayerVisitor<LayerBackward> {

    private final WindowShape shape;
    private final ParameterMatrices parameters;
    private final List<Parameter> own;

    LayerBackwards(Network network, int index, WindowShape shape, ParameterMatrices parameters) {
        this(
                parameters,
                network.layers()
                        .get(index)
                        .parameters(network.nameOf(index), network.inputsOf(index)),
                shape);
    }

    /**
     * @param own the layer's parameters
     */
    LayerBackwards(ParameterMatrices parameters, List<Parameter> own, WindowShape shape) {
        this.parameters = parameters;
        this.own = own;
        this.shape = shape;
    }

    @Override
    public LayerBackward lstm(Lstm layer) {
        return new LstmBackward(parameters, own, shape);
    }

    @Override
    public LayerBackward gru(Gru layer) {
        return layer.reset() == Gru.Reset.AFTER
                ? new GruAfterBackward(parameters, own, shape)
                : new GruBeforeBackward(parameters, own, shape);
    }

    @Override
    public LayerBackward bidirectional(Bidirectional layer) {
        return new BidirectionalBackward(layer, parameters, own, shape);
    }

    @Override
    public LayerBackward dense(Dense layer) {
        return new DenseBackward(parameters, own, shape.n());
    }
}
