package org.cellstream.nn;

/** A skip connection. Its outputs lie in its own scratch. */
final class SkipPass implements LayerPass {

    private final Rows networkInput;
    private final Rows x;
    private final Rows keptInput;
    private final Rows y;
    private final Rows right;
    private final float[] outputs;

    /**
     * Over rows of {@code width} floats.
     *
     * @param networkInput points at the network's input rows in every step
     */
    SkipPass(int width, Rows networkInput, int maxRows) {
        this.networkInput = networkInput;
        this.x = new Rows(width);
        this.keptInput = new Rows(networkInput.width);
        this.y = new Rows(width + networkInput.width);
        this.right = new Rows(networkInput.width);
        this.outputs = new float[maxRows * y.width];
    }

    @Override
    public void load(float[] weights) {}

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        y.at(outputs, 0, y.width);
        join(rows, in, networkInput);
        return y;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            keptInput.at(kept.inputs(), t * kept.rows() * keptInput.width, keptInput.width);
            y.at(kept.layer(index).outputs(), t * kept.rows() * y.width, y.width);
            join(kept.rows(), x, keptInput);
        }
    }

    private void join(int rows, Rows in, Rows inputOfNetwork) {
        Rows.copy(rows, x.width, in, y);
        right.at(y, x.width);
        Rows.copy(rows, right.width, inputOfNetwork, right);
    }
}
