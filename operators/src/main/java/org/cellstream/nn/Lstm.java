package org.cellstream.nn;

import java.util.List;

/**
 * A long short-term memory layer with a forget gate and without peepholes. Its gates are packed in
 * PyTorch's order: input, forget, cell, output. One bias, where PyTorch has the sum of two. A key's
 * state is its h, then its c: {@code [2 * units]}.
 *
 * @param units hidden units H
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000</a>
 */
public record Lstm(int units) implements Layer {

    public Lstm {
        if (units < 1) {
            throw new IllegalArgumentException("lstm has " + units + " units; need at least 1");
        }
    }

    @Override
    public String kind() {
        return "lstm";
    }

    @Override
    public int outputs(int inputs) {
        return units;
    }

    @Override
    public int stateSize() {
        return 2 * units;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        return List.of(
                new Parameter(name + ".weight_ih_l0", 4 * units, inputs),
                new Parameter(name + ".weight_hh_l0", 4 * units, units),
                new Parameter(name + ".bias_ih_l0", 4 * units, 1));
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return LstmActivations.of(this, shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.lstm(this);
    }

    static Lstm read(LayerWord word) {
        word.takes("units");
        return new Lstm(word.size("units"));
    }

    @Override
    public String toString() {
        return "lstm(" + units + ")";
    }
}
