package org.cellstream.nn;

import java.util.List;

/**
 * A linear layer: {@code y = x W' + b}.
 *
 * @param units outputs
 */
public record Dense(int units) implements Layer {

    public Dense {
        if (units < 1) {
            throw new IllegalArgumentException("dense has " + units + " units; need at least 1");
        }
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
        return OutputActivations.of(units, shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dense(this);
    }

    static Dense read(LayerWord word) {
        word.takes("units");
        return new Dense(word.size("units"));
    }

    @Override
    public String toString() {
        return "dense(" + units + ")";
    }
}
