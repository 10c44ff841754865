package org.cellstream.nn;

/**
 * One layer of a {@link Stepper}: its packed weights, its place in a key's state, and its scratch.
 */
sealed interface LayerPass
        permits LstmPass,
                GruPass,
                BidirectionalPass,
                DensePass,
                EmbeddingPass,
                LayerNormPass,
                DropoutPass,
                SkipPass {

    /**
     * Rows that go through all panels of a recurrent layer together: their sums and states stay in
     * the first-level cache, and the weights come from the second once for so many.
     */
    int BLOCK = 32;

    /** Packs this layer's weights from a network's weights. */
    void load(float[] weights);

    /**
     * One time step of {@code rows} rows.
     *
     * @param in the layer's input rows, read
     * @param states whole states, read
     * @param nextState rows of whole states; this layer's part is overwritten
     * @return where the layer's output rows lie, until the next call
     */
    Rows step(int rows, Rows in, Rows states, float[] nextState);

    /**
     * All time steps of layer {@code index} over {@code kept}, whose inputs and lower layers are
     * filled.
     */
    void unroll(Activations kept, int index, float[] state, float[] nextState);

    /** The input rows of layer {@code index} at time step t. */
    static void inputAt(int t, Activations kept, int index, Rows in) {
        float[] values = index == 0 ? kept.inputs() : kept.layer(index - 1).outputs();
        in.at(values, t * kept.rows() * in.width, in.width);
    }
}
