package org.cellstream.nn;

import java.util.List;

/**
 * A skip connection: the output row is the input row, then the network's own input row. A dense
 * layer above it sees both, as in {@code lstm(64) skip dense(1)}. In text {@code skip}.
 *
 * @param networkInputs width of the network's input row
 */
public record Skip(int networkInputs) implements Layer {

    static Skip read(LayerWord word, int networkInputs) {
        word.takes();
        return new Skip(networkInputs);
    }

    @Override
    public String kind() {
        return "skip";
    }

    @Override
    public int outputs(int inputs) {
        return Layer.width(this, (long) inputs + networkInputs);
    }

    @Override
    public int stateSize() {
        return 0;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        return List.of();
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return OutputActivations.of(outputs(inputs), shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.skip(this);
    }

    @Override
    public String toString() {
        return "skip";
    }
}
