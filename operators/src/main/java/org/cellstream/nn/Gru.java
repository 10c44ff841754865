package org.cellstream.nn;

import java.util.List;

/**
 * A gated recurrent unit. Its gates are packed in PyTorch's order: reset, update, candidate.
 *
 * <pre>{@code
 * r  = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 * z  = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 * n  = tanh(W_in x + b_in + r * (W_hn h + b_hn))    reset after the product
 * n  = tanh(W_in x + b_in + W_hn (r * h))           reset before it
 * h' = (1 - z) * n + z * h
 * }</pre>
 *
 * <p>The first form is PyTorch's and Keras' with {@code reset_after=True}, its default, and keeps
 * both biases as PyTorch does. The second is the paper's and Keras' with {@code reset_after=False};
 * it has one bias, the paper none. A key's state is its h: {@code [units]}.
 *
 * @param units hidden units H
 * @param reset where the reset gate acts
 * @param dropout what it drops while training
 * @param functions of gates and candidate
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</a>
 */
public record Gru(int units, Reset reset, RecurrentDropout dropout, CellFunctions functions)
        implements Layer {

    /** Where the reset gate acts. */
    public enum Reset {
        /** On the candidate's sums over h. */
        AFTER,
        /** On h, before those sums. */
        BEFORE
    }

    static final int GATES = 3;

    private static final String RESET = "reset";
    private static final String AFTER = "after";
    private static final String BEFORE = "before";

    public Gru {
        if (units < 1) {
            throw new IllegalArgumentException("gru has " + units + " units; need at least 1");
        }
    }

    /** Of the usual functions, that drops nothing. */
    public Gru(int units, Reset reset) {
        this(units, reset, RecurrentDropout.NONE, CellFunctions.USUAL);
    }

    @Override
    public String kind() {
        return "gru";
    }

    @Override
    public int outputs(int inputs) {
        return units;
    }

    @Override
    public int stateSize() {
        return units;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        Parameter weightIh = new Parameter(name + ".weight_ih_l0", GATES * units, inputs);
        Parameter weightHh = new Parameter(name + ".weight_hh_l0", GATES * units, units);
        Parameter biasIh = new Parameter(name + ".bias_ih_l0", GATES * units, 1);
        Parameter biasHh = new Parameter(name + ".bias_hh_l0", GATES * units, 1);
        return reset == Reset.AFTER
                ? List.of(weightIh, weightHh, biasIh, biasHh)
                : List.of(weightIh, weightHh, biasIh);
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return GruActivations.of(this, inputs, shape);
    }

    @Override
    public void drop(DropoutMasks masks, String name, LayerActivations kept) {
        GruActivations own = (GruActivations) kept;
        dropout.draw(masks, name, own.inputMask(), own.hiddenMask());
    }

    @Override
    public boolean remembersAs(Layer other) {
        return other instanceof Gru gru && gru.units == units && gru.reset == reset;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.gru(this);
    }

    static Gru read(LayerWord word) {
        word.takes(
                "units",
                RESET + "=",
                RecurrentDropout.INPUTS + "=",
                RecurrentDropout.HIDDEN + "=",
                CellFunctions.ACTIVATION + "=",
                CellFunctions.RECURRENT + "=");
        return new Gru(
                word.size("units"),
                readReset(word),
                RecurrentDropout.read(word),
                CellFunctions.read(word));
    }

    private static Reset readReset(LayerWord word) {
        LayerWord reset = word.argument(RESET);
        if (reset == null || reset.toString().equals(AFTER)) {
            return Reset.AFTER;
        }
        if (reset.toString().equals(BEFORE)) {
            return Reset.BEFORE;
        }
        throw word.error("has reset %s; need %s or %s".formatted(reset, AFTER, BEFORE));
    }

    @Override
    public String toString() {
        String where = reset == Reset.AFTER ? "" : ", " + RESET + "=" + BEFORE;
        return "gru(" + units + where + dropout + functions + ")";
    }
}
