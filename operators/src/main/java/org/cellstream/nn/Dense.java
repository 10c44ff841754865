package org.cellstream.nn;

import java.util.List;

/**
 * A dense layer: {@code y = f(x W' + b)}. In text {@code dense(units)} or {@code dense(units,
 * activation)}.
 *
 * @param units outputs
 * @param activation f
 */
public record Dense(int units, Activation activation) implements Layer {

    public Dense {
        if (units < 1) {
            throw new IllegalArgumentException("dense has " + units + " units; need at least 1");
        }
    }

    /** A linear layer. */
    public Dense(int units) {
        this(units, Activation.LINEAR);
    }

    static Dense read(LayerWord word) {
        word.takes("units", "activation");
        LayerWord activation = word.argument("activation");
        return new Dense(
                word.size("units"),
                activation == null ? Activation.LINEAR : Activation.read(activation));
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public int outputs(int inputs) {
        return units;
    }

    @Override
    public int stateSize() {
        return 0;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        return List.of(
                new Parameter(name + ".weight", units, inputs),
                new Parameter(name + ".bias", units, 1));
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return DenseActivations.of(this, shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dense(this);
    }

    @Override
    public String toString() {
        return "dense(" + units + (activation.isLinear() ? "" : ", " + activation) + ")";
    }
}
