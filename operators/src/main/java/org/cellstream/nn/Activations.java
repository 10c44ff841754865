package org.cellstream.nn;

import java.util.Arrays;

/**
 * What a forward pass over a window keeps for the backward pass: the network's inputs and, for
 * every layer, time-major rows {@code [T, B, ...]}.
 *
 * <p>Arrays are overwritten by the next pass that is given this object. Not thread safe.
 */
public final class Activations {

    private final Network network;
    private final WindowShape shape;
    private final float[] inputs;
    private final String[] names;
    private final LayerActivations[] layers;
    private final int[] lengths;

    /** Room for windows of {@code steps} time steps over {@code rows} rows. */
    public Activations(Network network, int steps, int rows) {
        this.network = network;
        this.shape = new WindowShape(steps, rows);
        this.inputs = new float[shape.n() * network.inputs()];
        this.layers = new LayerActivations[network.layers().size()];
        this.lengths = new int[rows];
        Arrays.fill(lengths, steps);
        this.names = new String[layers.length];
        for (int i = 0; i < layers.length; i++) {
            names[i] = network.nameOf(i);
            layers[i] = network.layers().get(i).activations(network.inputsOf(i), shape);
        }
    }

    public Network network() {
        return network;
    }

    /** T. */
    public int steps() {
        return shape.steps();
    }

    /** B. */
    public int rows() {
        return shape.rows();
    }

    /** The network's input rows, {@code [T, B, inputs]}. */
    public float[] inputs() {
        return inputs;
    }

    /**
     * Time steps of each row, {@code [B]}; T unless the caller writes less here. What a row's later
     * steps hold changes nothing in its earlier ones, whichever way a layer reads.
     */
    public int[] lengths() {
        return lengths;
    }

    /** The rows of the network's output, {@code [T, B, outputs]}. */
    public float[] outputs() {
        return layers.length == 0 ? inputs : layers[layers.length - 1].outputs();
    }

    /** Lets the next passes drop what these masks say; before the first call they drop nothing. */
    public void drop(DropoutMasks masks) {
        for (int i = 0; i < layers.length; i++) {
            network.layers().get(i).drop(masks, names[i], layers[i]);
        }
    }

    /** What layer {@code index} kept. */
    public LayerActivations layer(int index) {
        return layers[index];
    }
}
