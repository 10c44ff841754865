package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Activation;
import org.cellstream.nn.Gru;
import org.cellstream.nn.GruActivations;
import org.cellstream.nn.WindowShape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What both forms of a GRU keep for their backward pass, and the part of it that they share: {@code
 * h' = (1 - z) * n + z * h}. The gradient stops at the window's start.
 */
final class GruWindow implements AutoCloseable {

    final int units;
    final WindowShape shape;
    private final Activation activation;
    private final Activation recurrent;

    // What the forward pass kept; tests fill these in double. The gates are packed r, z, n.
    final Matrix gates;
    final Matrix recalled;
    // B rows from before the first step, then those after each step.
    final Matrix hidden;

    final Matrix outputs;
    final Matrix hiddenBefore;
    final Matrix outputGradient;
    final Matrix[] outputGradientAt;
    final RecurrentMasks masks;

    // Gradient with respect to the sums over inputs that go into the gates, [N, 3H].
    final Matrix sumsGradient;

    /**
     * @param inputs width of the layer's inputs
     */
    GruWindow(DataType precision, Gru layer, int inputs, WindowShape shape) {
        int n = shape.n();
        this.activation = layer.functions().activation();
        this.recurrent = layer.functions().recurrent();
        this.units = layer.units();
        this.masks = new RecurrentMasks(precision, layer.dropout(), inputs, units, shape);
        this.shape = shape;
        this.gates = Matrix.allocate(precision, n, 3 * units);
        this.recalled = Matrix.allocate(precision, n, units);
        this.hidden = Matrix.allocate(precision, n + shape.rows(), units);
        this.outputs = hidden.rows(shape.rows(), n);
        this.hiddenBefore = hidden.rows(0, n);
        this.outputGradient = Matrix.allocate(precision, n, units);
        this.outputGradientAt = blocks(outputGradient);
        this.sumsGradient = Matrix.allocate(precision, n, 3 * units);
    }

    /** A matrix of N rows, cut into its time steps. */
    Matrix[] blocks(Matrix matrix) {
        Matrix[] blocks = new Matrix[shape.steps()];
        Arrays.setAll(blocks, t -> matrix.rows(t * shape.rows(), shape.rows()));
        return blocks;
    }

    void keep(GruActivations kept) {
        gates.put(0, kept.gates());
        recalled.put(0, kept.recalled());
        hidden.put(0, kept.firstHidden());
        hidden.put(shape.rows() * units, kept.outputs());
        masks.keep(kept.inputMask(), kept.hiddenMask());
    }

    /** Through the blend of row {@code n} of the window: into z's and n's sums, and into h. */
    void blendBackward(int n) {
        for (int u = 0; u < units; u++) {
            int atZ = (3 * n + 1) * units + u;
            int atN = atZ + units;
            double z = gates.get(atZ);
            double candidate = gates.get(atN);
            double dh = outputGradient.get(n * units + u);
            double change = hidden.get(n * units + u) - candidate;
            sumsGradient.set(atZ, recurrent.backward(dh * change, z));
            sumsGradient.set(atN, activation.backward(dh * (1 - z), candidate));
            addToHiddenBefore(n, u, dh * z);
        }
    }

    /**
     * The gradient with respect to the sum of a reset gate.
     *
     * @param gradient that with respect to the gate
     * @param reset the gate
     */
    double resetBackward(double gradient, double reset) {
        return recurrent.backward(gradient, reset);
    }

    /** Adds to the gradient of unit u of the h that row {@code n} started from. */
    void addToHiddenBefore(int n, int u, double gradient) {
        int at = (n - shape.rows()) * units + u;
        if (at >= 0) {
            outputGradient.set(at, outputGradient.get(at) + gradient);
        }
    }

    @Override
    public void close() {
        masks.close();
        for (Matrix m : List.of(gates, recalled, hidden, outputGradient, sumsGradient)) {
            m.close();
        }
    }
}
