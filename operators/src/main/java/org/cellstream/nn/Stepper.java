package org.cellstream.nn;

/**
 * Runs a network forward, many rows at once. Every row stands for itself: its result has the same
 * bits whatever other rows share the call, whichever kernel runs, and whether it is stepped or
 * unrolled. A NaN stays in its row.
 *
 * <p>A row's state is its layers' states, bottom first; an LSTM's is its h, then its c; a GRU's is
 * its h.
 *
 * <p>Belongs to one thread.
 */
public final class Stepper {

    private final Network network;
    private final int maxRows;
    private final int stateSize;
    private final LayerPass[] passes;
    private final Rows in;
    private final Rows states;
    private final Rows out;
    private final boolean steps;
    private boolean loaded;

    /**
     * Room for {@code maxRows} rows; {@link #load} weights before the first step.
     *
     * @throws IllegalArgumentException if {@code maxRows} is not positive
     */
    public Stepper(Network network, Kernels kernels, int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows is " + maxRows + "; need at least 1");
        }
        this.network = network;
        this.maxRows = maxRows;
        this.stateSize = network.stateSize();
        this.steps = !network.readsWholeWindows();
        this.in = new Rows(network.inputs());
        this.states = new Rows(stateSize);
        this.out = new Rows(network.outputs());
        this.passes = new LayerPass[network.layers().size()];
        for (int i = 0; i < passes.length; i++) {
            LayerPasses kinds = new LayerPasses(network, i, kernels, maxRows, in);
            passes[i] = network.layers().get(i).accept(kinds);
        }
    }

    public Network network() {
        return network;
    }

    public int maxRows() {
        return maxRows;
    }

    /**
     * Takes these weights from now on. They are copied.
     *
     * @throws IllegalArgumentException if they are of another network
     */
    public void load(Weights weights) {
        if (!weights.network().equals(network)) {
            throw new IllegalArgumentException(
                    "weights are for " + weights.network() + "; this stepper runs " + network);
        }
        for (LayerPass pass : passes) {
            pass.load(weights.values());
        }
        loaded = true;
    }

    /**
     * Runs steps of zeros until they are as fast as they get, for at most a second, unless a
     * network of the same layers did so in this JVM. Weights and results stay as they are.
     */
    public void warmUp() {
        if (!steps) {
            return;
        }
        int rows = Math.min(maxRows, WarmUp.ROWS);
        float[] state = new float[rows * stateSize];
        float[] nextState = new float[rows * stateSize];
        in.at(new float[rows * in.width], 0, in.width);
        states.at(state, new int[rows]);
        WarmUp.of(
                network,
                () -> {
                    stepLayers(1, nextState);
                    stepLayers(rows, nextState);
                });
    }

    /**
     * Advances {@code rows} independent rows by one time step. Allocates nothing.
     *
     * @param rows rows of the arrays to take, from their start; 0 to {@code maxRows}
     * @param x inputs {@code [rows, network.inputs()]}, read
     * @param state states before the step {@code [rows, network.stateSize()]}, read
     * @param nextState states after the step, overwritten; must not be {@code state}
     * @param y outputs {@code [rows, network.outputs()]}, overwritten
     * @throws IllegalArgumentException if an array is too short, state and next state are the same,
     *     or a layer of the network reads whole windows
     * @throws IllegalStateException if no weights are loaded
     */
    public void step(int rows, float[] x, float[] state, float[] nextState, float[] y) {
        checkReady(rows);
        checkApart("state", state, nextState);
        checkLength("state", state, rows, stateSize);
        states.at(state, 0, stateSize);
        step(rows, x, nextState, y);
    }

    /**
     * Advances {@code rows} independent rows by one time step, reading their states where they lie.
     * Results have the same bits as if those states had been gathered first. Allocates nothing.
     *
     * @param rows rows of the arrays to take, from their start; 0 to {@code maxRows}
     * @param x inputs {@code [rows, network.inputs()]}, read
     * @param states where the states before the step lie, read
     * @param at where in {@code states} the {@code network.stateSize()} floats of each row start,
     *     {@code [rows]}, read; in any order, and rows may share a place
     * @param nextState states after the step {@code [rows, network.stateSize()]}, overwritten; must
     *     not be {@code states}
     * @param y outputs {@code [rows, network.outputs()]}, overwritten
     * @throws IllegalArgumentException if an array is too short, a state reaches beyond {@code
     *     states}, states and next state are the same, or a layer of the network reads whole
     *     windows
     * @throws IllegalStateException if no weights are loaded
     */
    @SuppressWarnings("checkstyle:ParameterNumber")
    public void step(int rows, float[] x, float[] states, int[] at, float[] nextState, float[] y) {
        checkReady(rows);
        checkApart("states", states, nextState);
        checkPlaces(rows, states, at);
        this.states.at(states, at);
        step(rows, x, nextState, y);
    }

    /** One step from {@link #states}. */
    private void step(int rows, float[] x, float[] nextState, float[] y) {
        if (!steps) {
            network.checkSteps();
        }
        checkLength("x", x, rows, in.width);
        checkLength("nextState", nextState, rows, stateSize);
        checkLength("y", y, rows, out.width);
        in.at(x, 0, in.width);
        Rows top = stepLayers(rows, nextState);
        out.at(y, 0, out.width);
        Rows.copy(rows, out.width, top, out);
    }

    /** One step from {@link #in} and {@link #states}; what the last layer shows. */
    private Rows stepLayers(int rows, float[] nextState) {
        Rows top = in;
        for (LayerPass pass : passes) {
            top = pass.step(rows, top, states, nextState);
        }
        return top;
    }

    /**
     * Advances all rows of a window by its time steps, reading {@code kept.inputs()} and filling
     * every layer of {@code kept}. h and c have the same bits as after as many steps.
     *
     * @param rows rows of the window, which must be {@code kept.rows()}; 0 to {@code maxRows}
     * @param state states before the first step {@code [rows, network.stateSize()]}, read
     * @param kept filled, all but its inputs
     * @param nextState states after the last step, overwritten; may be {@code state}
     * @throws IllegalArgumentException if {@code kept} is for another network or other rows, or an
     *     array is too short
     * @throws IllegalStateException if no weights are loaded
     */
    public void unroll(int rows, float[] state, Activations kept, float[] nextState) {
        checkReady(rows);
        if (!kept.network().equals(network) || kept.rows() != rows) {
            throw new IllegalArgumentException(
                    String.format(
                            "activations are for %d rows of %s; need %d rows of %s",
                            kept.rows(), kept.network(), rows, network));
        }
        checkLength("state", state, rows, stateSize);
        checkLength("nextState", nextState, rows, stateSize);
        for (int i = 0; i < passes.length; i++) {
            passes[i].unroll(kept, i, state, nextState);
        }
    }

    private void checkReady(int rows) {
        if (!loaded) {
            throw new IllegalStateException("no weights are loaded; call load first");
        }
        if (rows < 0 || rows > maxRows) {
            throw new IllegalArgumentException(
                    "rows is " + rows + "; this stepper takes 0 to " + maxRows);
        }
    }

    private void checkApart(String name, float[] before, float[] nextState) {
        if (before == nextState && stateSize > 0) {
            throw new IllegalArgumentException("nextState is " + name + "; need two arrays");
        }
    }

    private void checkPlaces(int rows, float[] states, int[] at) {
        if (at.length < rows) {
            throw new IllegalArgumentException(
                    "at has " + at.length + " places; need at least " + rows);
        }
        int last = states.length - stateSize;
        for (int r = 0; r < rows; r++) {
            if (at[r] < 0 || at[r] > last) {
                throw new IllegalArgumentException(
                        String.format(
                                "state of row %d is at %d; need 0 or more, and %d floats from"
                                        + " there in states, which has %d",
                                r, at[r], stateSize, states.length));
            }
        }
    }

    private static void checkLength(String name, float[] values, int rows, int width) {
        if (values.length < (long) rows * width) {
            throw new IllegalArgumentException(
                    String.format(
                            "%s has %d floats; need at least [%d, %d]",
                            name, values.length, rows, width));
        }
    }
}
