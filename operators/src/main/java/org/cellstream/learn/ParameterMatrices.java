package org.cellstream.learn;

import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Parameters;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network's weights and the gradient of the loss with respect to them: each one flat row {@code
 * [1, P]}, of which every parameter is a view.
 */
final class ParameterMatrices implements AutoCloseable {

    private final Parameters layout;
    private final DataType precision;
    private final Matrix weights;
    private final Matrix gradient;

    ParameterMatrices(Network network, DataType precision) {
        this.layout = network.parameters();
        this.precision = precision;
        this.weights = Matrix.allocate(precision, 1, layout.size());
        this.gradient = Matrix.allocate(precision, 1, layout.size());
    }

    DataType precision() {
        return precision;
    }

    Matrix weights() {
        return weights;
    }

    Matrix gradient() {
        return gradient;
    }

    /** This parameter's part of the weights. */
    Matrix weight(Parameter p) {
        return weights.view(layout.offset(p.name()), p.rows(), p.columns());
    }

    /** This parameter's part of the gradient. */
    Matrix gradient(Parameter p) {
        return gradient.view(layout.offset(p.name()), p.rows(), p.columns());
    }

    @Override
    public void close() {
        weights.close();
        gradient.close();
    }
}
