package org.cellstream.nn;

/** A dropout: hands rows through, but multiplies those of a window by its mask. */
final class DropoutPass implements LayerPass {

    private final Rows x;

    DropoutPass(int width) {
        this.x = new Rows(width);
    }

    @Override
    public void load(float[] weights) {}

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        return in;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        DropoutActivations layer = (DropoutActivations) kept.layer(index);
        int size = layer.mask().length;
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            int from = x.start(0);
            for (int i = 0; i < size; i++) {
                layer.outputs()[t * size + i] = x.values[from + i] * layer.mask()[i];
            }
        }
    }
}
