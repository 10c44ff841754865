package org.cellstream.nn;

import java.util.List;

/**
 * Layer normalisation: each row brought to mean 0 and variance 1, then scaled by a weight and
 * shifted by a bias of its column. In text {@code layernorm} or {@code layernorm(eps=0.001)}.
 *
 * @param eps added to the variance, above 0; PyTorch's is {@value #EPS}, Keras' 0.001
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
 */
public record LayerNorm(double eps) implements Layer {

    /** PyTorch's. */
    public static final double EPS = 1e-5;

    public LayerNorm {
        if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "eps of layernorm is " + eps + "; need a number above 0");
        }
    }

    static LayerNorm read(LayerWord word) {
        word.takes("eps");
        return new LayerNorm(word.number("eps", EPS));
    }

    @Override
    public String kind() {
        return "layernorm";
    }

    @Override
    public int outputs(int inputs) {
        return inputs;
    }

    @Override
    public int stateSize() {
        return 0;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        return List.of(
                new Parameter(name + ".weight", inputs, 1),
                new Parameter(name + ".bias", inputs, 1));
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return LayerNormActivations.of(inputs, shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.layerNorm(this);
    }

    @Override
    public String toString() {
        return eps == EPS ? "layernorm" : "layernorm(eps=" + LayerWord.text(eps) + ")";
    }
}
