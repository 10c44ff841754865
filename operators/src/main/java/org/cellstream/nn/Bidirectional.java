package org.cellstream.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * A recurrent layer twice, with weights of its own for each direction: one reads a window forwards,
 * one backwards. Both outputs of a time step are merged. The backward direction needs the whole
 * window, so such a network is unrolled, never stepped.
 *
 * <p>Parameters are PyTorch's: those of the forward direction, then those of the other, with the
 * suffix {@code _reverse}. So is the state: that of the forward direction, then that of the other,
 * which is where its reading of a window starts (at the window's end) and ends.
 *
 * @param layer the layer that reads
 * @param merge what becomes of the two outputs
 * @see <a href="https://doi.org/10.1109/78.650093">Schuster and Paliwal 1997</a>
 */
public record Bidirectional(Layer layer, Merge merge) implements Layer {

    /** What becomes of the forward output f and the backward output b of a time step. */
    public enum Merge {
        /** f, then b: twice as wide. */
        CONCAT,
        /** f + b. */
        SUM,
        /** (f + b) / 2. */
        AVERAGE,
        /** f * b. */
        MULTIPLY;

        /** The word in a network's text. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String REVERSE = "_reverse";
    private static final String MERGE = "merge";

    public Bidirectional {
        if (!(layer instanceof Lstm) && !(layer instanceof Gru)) {
            throw new IllegalArgumentException(
                    "bidirectional is around " + layer + "; need an lstm or a gru");
        }
    }

    @Override
    public Bidirectional withoutDropout() {
        return new Bidirectional(Objects.requireNonNull(layer.withoutDropout(), "a layer"), merge);
    }

    /** A network of the wrapped layer alone: what each direction runs. */
    Network alone(int inputs) {
        return new Network(inputs, List.of(layer));
    }

    @Override
    public String kind() {
        return "bidirectional";
    }

    @Override
    public int outputs(int inputs) {
        return (merge == Merge.CONCAT ? 2 : 1) * layer.outputs(inputs);
    }

    @Override
    public int stateSize() {
        return 2 * layer.stateSize();
    }

    @Override
    public List<StatePart> stateParts() {
        List<StatePart> forward = layer.stateParts();
        List<StatePart> both = new ArrayList<>(forward);
        for (StatePart part : forward) {
            both.add(new StatePart(part.name() + REVERSE, part.size()));
        }
        return both;
    }

    @Override
    public boolean readsWholeWindows() {
        return true;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        List<Parameter> forward = layer.parameters(name, inputs);
        List<Parameter> both = new ArrayList<>(forward);
        for (Parameter p : forward) {
            both.add(new Parameter(p.name() + REVERSE, p.rows(), p.columns()));
        }
        return both;
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return BidirectionalActivations.of(this, inputs, shape);
    }

    @Override
    public void drop(DropoutMasks masks, String name, LayerActivations kept) {
        BidirectionalActivations both = (BidirectionalActivations) kept;
        layer.drop(masks, name, both.forward().layer(0));
        layer.drop(masks, name + REVERSE, both.reverse().layer(0));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.bidirectional(this);
    }

    static Bidirectional read(LayerWord word, Function<LayerWord, Layer> layers) {
        word.takes("layer", MERGE + "=");
        LayerWord layer = word.argument("layer");
        if (layer == null) {
            throw word.error("has no layer; need an lstm or a gru");
        }
        LayerWord merge = word.argument(MERGE);
        return new Bidirectional(
                layers.apply(layer), merge == null ? Merge.CONCAT : read(word, merge));
    }

    private static Merge read(LayerWord word, LayerWord merge) {
        List<String> allowed = new ArrayList<>();
        for (Merge m : Merge.values()) {
            if (m.text().equals(merge.toString())) {
                return m;
            }
            allowed.add(m.text());
        }
        throw word.error(
                "has merge %s; allowed are %s".formatted(merge, String.join(", ", allowed)));
    }

    @Override
    public String toString() {
        String merged = merge == Merge.CONCAT ? "" : ", " + MERGE + "=" + merge.text();
        return "bidirectional(" + layer + merged + ")";
    }
}
