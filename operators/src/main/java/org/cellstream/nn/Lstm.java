package org.cellstream.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A long short-term memory layer with a forget gate and without peepholes. Its gates are packed in
 * PyTorch's order: input, forget, cell, output. One bias, where PyTorch has the sum of two. A key's
 * state is its h, then its c.
 *
 * <p>With a projection h is narrower than c: {@code h = W_hr (o * tanh(c))}, which is both the
 * output and what the next step sees.
 *
 * @param units cells H
 * @param projection width P of the projected h, less than {@code units}; 0 for none
 * @param dropout what it drops while training
 * @param functions of gates, candidate and cell
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000</a>
 * @see <a href="https://arxiv.org/abs/1402.1128">Sak et al. 2014</a>: the recurrent projection
 */
public record Lstm(int units, int projection, RecurrentDropout dropout, CellFunctions functions)
        implements Layer {

    private static final String PROJECTION = "projection";

    public Lstm {
        if (units < 1) {
            throw new IllegalArgumentException("lstm has " + units + " units; need at least 1");
        }
        if (projection < 0 || projection >= units) {
            throw new IllegalArgumentException(
                    "lstm of %d units has projection %d; need fewer than its units, or no projection at all"
                            .formatted(units, projection));
        }
    }

    /** Of the usual functions, that drops nothing. */
    public Lstm(int units, int projection) {
        this(units, projection, RecurrentDropout.NONE, CellFunctions.USUAL);
    }

    /** Without a projection. */
    public Lstm(int units) {
        this(units, 0);
    }

    @Override
    public String kind() {
        return "lstm";
    }

    /** Width of h: the projection's, or as many as there are cells. */
    public int hidden() {
        return projection == 0 ? units : projection;
    }

    @Override
    public int outputs(int inputs) {
        return hidden();
    }

    @Override
    public int stateSize() {
        return hidden() + units;
    }

    @Override
    public List<StatePart> stateParts() {
        return List.of(new StatePart("h", hidden()), new StatePart("c", units));
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(name + ".weight_ih_l0", 4 * units, inputs));
        parameters.add(new Parameter(name + ".weight_hh_l0", 4 * units, hidden()));
        parameters.add(new Parameter(name + ".bias_ih_l0", 4 * units, 1));
        if (projection > 0) {
            parameters.add(new Parameter(name + ".weight_hr_l0", projection, units));
        }
        return List.copyOf(parameters);
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return LstmActivations.of(this, inputs, shape);
    }

    @Override
    public void drop(DropoutMasks masks, String name, LayerActivations kept) {
        LstmActivations own = (LstmActivations) kept;
        dropout.draw(masks, name, own.inputMask(), own.hiddenMask());
    }

    @Override
    public Lstm withoutDropout() {
        return new Lstm(units, projection, RecurrentDropout.NONE, functions);
    }

    @Override
    public boolean remembersAs(Layer other) {
        return other instanceof Lstm lstm && lstm.units == units && lstm.projection == projection;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.lstm(this);
    }

    static Lstm read(LayerWord word) {
        word.takes(
                "units",
                PROJECTION + "=",
                RecurrentDropout.INPUTS + "=",
                RecurrentDropout.HIDDEN + "=",
                CellFunctions.ACTIVATION + "=",
                CellFunctions.RECURRENT + "=");
        return new Lstm(
                word.size("units"),
                word.has(PROJECTION) ? word.size(PROJECTION) : 0,
                RecurrentDropout.read(word),
                CellFunctions.read(word));
    }

    @Override
    public String toString() {
        String projected = projection == 0 ? "" : ", " + PROJECTION + "=" + projection;
        return "lstm(" + units + projected + dropout + functions + ")";
    }
}
