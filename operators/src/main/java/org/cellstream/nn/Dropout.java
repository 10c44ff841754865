package org.cellstream.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets some units to 0 while training and scales the others up, so that the mean stays; serving
 * hands rows through. A window keeps the same units over all its time steps. In text {@code
 * dropout(rate)}.
 *
 * @param rate share of units that are dropped, 0 to below 1
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani 2016</a>: one mask for all
 *     time steps
 */
public record Dropout(double rate) implements Layer {

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "rate of dropout is " + rate + "; need 0 to below 1");
        }
    }

    static Dropout read(LayerWord word) {
        word.takes("rate");
        if (!word.has("rate")) {
            throw word.error("has no rate; need a number of 0 to below 1");
        }
        return new Dropout(word.number("rate", 0));
    }

    @Override
    public @Nullable Layer withoutDropout() {
        return null;
    }

    @Override
    public String kind() {
        return "dropout";
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
        return List.of();
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return DropoutActivations.of(inputs, shape);
    }

    @Override
    public void drop(DropoutMasks masks, String name, LayerActivations kept) {
        masks.fill(name, rate, ((DropoutActivations) kept).mask());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dropout(this);
    }

    @Override
    public String toString() {
        return "dropout(" + LayerWord.text(rate) + ")";
    }
}
