package org.cellstream.nn;

import java.util.Arrays;

/** The layers without state, plainly in double precision. */
final class ReferenceLayers {

    private final Network network;
    private final double[] weights;
    private final int index;
    private final int inputs;

    ReferenceLayers(Network network, double[] weights, int index) {
        this.network = network;
        this.weights = weights;
        this.index = index;
        this.inputs = network.inputsOf(index);
    }

    /** Fills {@code out} from the layer's input rows, given the network's. */
    void forward(Layer layer, double[] ofNetwork, double[] in, ReferenceNetwork.OfLayer out) {
        int n = in.length / inputs;
        for (int row = 0; row < n; row++) {
            double[] x = Arrays.copyOfRange(in, row * inputs, (row + 1) * inputs);
            double[] y;
            if (layer instanceof Embedding embedding) {
                y = embedding(embedding, x);
            } else if (layer instanceof LayerNorm norm) {
                y = layerNorm(norm, row, x, out);
            } else if (layer instanceof Dropout) {
                y = dropout(row, x, out.of("mask"));
            } else {
                y = skip(row, x, ofNetwork);
            }
            System.arraycopy(y, 0, out.outputs(), row * y.length, y.length);
        }
    }

    private double[] embedding(Embedding layer, double[] x) {
        int column = layer.column() < 0 ? x.length - 1 : layer.column();
        double[] y = new double[x.length - 1 + layer.units()];
        int to = 0;
        for (int k = 0; k < x.length; k++) {
            if (k != column) {
                y[to++] = x[k];
            }
        }
        int category = (int) x[column];
        int weight = weight() + category * layer.units();
        System.arraycopy(weights, weight, y, to, layer.units());
        return y;
    }

    private double[] layerNorm(LayerNorm layer, int row, double[] x, ReferenceNetwork.OfLayer out) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
        double deviation = Math.sqrt(variance + layer.eps());
        double[] y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            double normalised = (x[k] - mean) / deviation;
            out.of("normalised")[row * x.length + k] = normalised;
            y[k] = normalised * weights[weight() + k] + weights[weight() + x.length + k];
        }
        out.of("scales")[row] = 1 / deviation;
        return y;
    }

    private static double[] dropout(int row, double[] x, double[] mask) {
        double[] y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = x[k] * mask[(row * x.length + k) % mask.length];
        }
        return y;
    }

    private double[] skip(int row, double[] x, double[] ofNetwork) {
        double[] y = Arrays.copyOf(x, x.length + network.inputs());
        System.arraycopy(ofNetwork, row * network.inputs(), y, x.length, network.inputs());
        return y;
    }

    private int weight() {
        return network.parameters().offset(network.nameOf(index) + ".weight");
    }
}
