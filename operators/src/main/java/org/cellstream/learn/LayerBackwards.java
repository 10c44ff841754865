package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Dense;
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
        this.shape = shape;
        this.parameters = parameters;
        this.own =
                network.layers()
                        .get(index)
                        .parameters(network.nameOf(index), network.inputsOf(index));
    }

    @Override
    public LayerBackward lstm(Lstm layer) {
        return new LstmBackward(parameters, own, shape);
    }

    @Override
    public LayerBackward dense(Dense layer) {
        return new DenseBackward(parameters, own, shape.n());
    }
}
