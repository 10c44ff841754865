package org.cellstream.nn;

/** One direction of a layer that reads windows in both: a pass over a network of its own. */
final class DirectionPass {

    private final LayerPass pass;
    private final DirectionPlace place;
    private final float[] weights;
    private final Rows whole;
    private final Rows own;

    /**
     * @param alone a network of the one layer that this direction runs
     * @param pass of that layer
     * @param maxRows rows to have room for
     */
    DirectionPass(Network alone, LayerPass pass, DirectionPlace place, int maxRows) {
        this.pass = pass;
        this.place = place;
        this.weights = new float[alone.parameters().size()];
        this.whole = new Rows(alone.stateSize());
        this.own = new Rows(alone.stateSize());
        own.at(new float[maxRows * alone.stateSize()], 0, alone.stateSize());
    }

    void load(float[] all) {
        System.arraycopy(all, place.weights(), weights, 0, weights.length);
        pass.load(weights);
    }

    /** All time steps over {@code kept}, whose inputs are filled. */
    void unroll(Activations kept, float[] state, float[] nextState) {
        whole.at(state, place.state(), place.stateSize());
        Rows.copy(kept.rows(), whole.width, whole, own);
        pass.unroll(kept, 0, own.values, own.values);
        whole.at(nextState, place.state(), place.stateSize());
        Rows.copy(kept.rows(), whole.width, own, whole);
    }
}
