package org.cellstream.nn;

/**
 * A layer that reads windows in both directions: each direction is a pass of its own over a copy of
 * the inputs, for the backward one in reverse order of time.
 */
final class BidirectionalPass implements LayerPass {

    private final Bidirectional layer;
    private final int width;
    private final DirectionPass forward;
    private final DirectionPass reverse;

    BidirectionalPass(Network network, int index, Kernels kernels, int maxRows) {
        this.layer = (Bidirectional) network.layers().get(index);
        Network alone = layer.alone(network.inputsOf(index));
        this.width = alone.outputs();
        int weights = network.parameters().offset(network.nameOf(index) + ".weight_ih_l0");
        int state = network.stateOffset(index);
        int size = network.stateSize();
        LayerPasses passes = new LayerPasses(alone, 0, kernels, maxRows, new Rows(alone.inputs()));
        this.forward =
                new DirectionPass(
                        alone,
                        layer.layer().accept(passes),
                        new DirectionPlace(weights, state, size),
                        maxRows);
        this.reverse =
                new DirectionPass(
                        alone,
                        layer.layer().accept(passes),
                        new DirectionPlace(
                                weights + alone.parameters().size(),
                                state + alone.stateSize(),
                                size),
                        maxRows);
    }

    @Override
    public void load(float[] weights) {
        forward.load(weights);
        reverse.load(weights);
    }

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        throw new IllegalStateException("a stepper steps no network with " + layer);
    }

    @Override
    public void unroll(Activations all, int index, float[] state, float[] nextState) {
        BidirectionalActivations kept = (BidirectionalActivations) all.layer(index);
        float[] in = index == 0 ? all.inputs() : all.layer(index - 1).outputs();
        System.arraycopy(all.lengths(), 0, kept.lengths(), 0, all.rows());
        System.arraycopy(in, 0, kept.forward().inputs(), 0, kept.forward().inputs().length);
        mirror(kept, in, kept.reverse().inputs());
        forward.unroll(kept.forward(), state, nextState);
        reverse.unroll(kept.reverse(), state, nextState);
        float[] f = kept.forward().layer(0).outputs();
        float[] b = kept.reverse().layer(0).outputs();
        for (int n = 0; n < all.steps() * all.rows(); n++) {
            mergeRow(n, BidirectionalActivations.mirrored(n, kept.lengths()), f, b, kept.outputs());
        }
    }

    /** Puts the last time step of each row first. */
    private static void mirror(BidirectionalActivations kept, float[] from, float[] to) {
        int inputs = kept.reverse().network().inputs();
        for (int n = 0; n < to.length / inputs; n++) {
            System.arraycopy(
                    from,
                    n * inputs,
                    to,
                    BidirectionalActivations.mirrored(n, kept.lengths()) * inputs,
                    inputs);
        }
    }

    private void mergeRow(int there, int back, float[] f, float[] b, float[] y) {
        if (layer.merge() == Bidirectional.Merge.CONCAT) {
            System.arraycopy(f, there * width, y, 2 * there * width, width);
            System.arraycopy(b, back * width, y, (2 * there + 1) * width, width);
            return;
        }
        for (int j = 0; j < width; j++) {
            y[there * width + j] = merged(f[there * width + j], b[back * width + j]);
        }
    }

    private float merged(float f, float b) {
        return switch (layer.merge()) {
            case CONCAT -> throw new IllegalStateException("outputs side by side are not merged");
            case SUM -> f + b;
            case AVERAGE -> (f + b) / 2;
            case MULTIPLY -> f * b;
        };
    }
}
