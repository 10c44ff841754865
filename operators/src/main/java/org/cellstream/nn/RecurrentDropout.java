package org.cellstream.nn;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a recurrent layer drops while training: some of its inputs, and some of the h before each
 * step where the gates' sums take it in. c, and the h that a GRU blends in, stay whole. Each window
 * has one mask for its inputs and one for h, the same at all its time steps and for all gates; what
 * is kept is scaled up, so that the mean stays. Serving drops nothing.
 *
 * <p>Keras 3 does the same where {@code dropout} alone is set. Where {@code recurrent_dropout} is,
 * it draws masks for each gate, of inputs and of h: the untied form of the paper, not this one.
 *
 * @param inputs share of inputs that are dropped, 0 to below 1
 * @param hidden share of h that is dropped, 0 to below 1
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani 2016</a>: equation 7, tied
 *     weights
 */
public record RecurrentDropout(double inputs, double hidden) implements Serializable {

    /** Drops nothing. */
    public static final RecurrentDropout NONE = new RecurrentDropout(0, 0);

    static final String INPUTS = "dropout";
    static final String HIDDEN = "recurrent-dropout";

    public RecurrentDropout {
        check(INPUTS, inputs);
        check(HIDDEN, hidden);
    }

    private static void check(String name, double rate) {
        if (!isRate(rate)) {
            throw new IllegalArgumentException(name + " is " + rate + "; need 0 to below 1");
        }
    }

    private static boolean isRate(double rate) {
        return rate >= 0 && rate < 1;
    }

    /** Reads a layer's arguments, which it has said it takes. */
    static RecurrentDropout read(LayerWord word) {
        return new RecurrentDropout(rate(word, INPUTS), rate(word, HIDDEN));
    }

    private static double rate(LayerWord word, String name) {
        double rate = word.number(name, 0);
        if (!isRate(rate)) {
            throw word.error(
                    "has %s %s; need a number of 0 to below 1"
                            .formatted(name, word.argument(name)));
        }
        return rate;
    }

    /** Draws the masks of a layer. */
    void draw(DropoutMasks masks, String name, float[] inputMask, float[] hiddenMask) {
        if (inputs > 0) {
            masks.fill(name + "." + INPUTS, inputs, inputMask);
        }
        if (hidden > 0) {
            masks.fill(name + "." + HIDDEN, hidden, hiddenMask);
        }
    }

    /** A mask for inputs of that width, all 1; empty if none are dropped. */
    float[] inputMask(int width, WindowShape shape) {
        return ones(inputs, shape.rows() * width);
    }

    /** A mask for h of that width, all 1; empty if none of it is dropped. */
    float[] hiddenMask(int width, WindowShape shape) {
        return ones(hidden, shape.rows() * width);
    }

    private static float[] ones(double rate, int size) {
        float[] mask = new float[rate > 0 ? size : 0];
        Arrays.fill(mask, 1);
        return mask;
    }

    /** What the network's text says of it, after the layer's other arguments. */
    @Override
    public String toString() {
        return text(INPUTS, inputs) + text(HIDDEN, hidden);
    }

    private static String text(String name, double rate) {
        return rate == 0 ? "" : ", " + name + "=" + LayerWord.text(rate);
    }
}
