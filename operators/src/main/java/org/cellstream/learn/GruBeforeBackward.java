package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Gru;
import org.cellstream.nn.GruActivations;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;

/**
 * Backward pass of a GRU whose reset gate acts on h. With {@code k = r * h} and {@code d} for
 * gradients:
 *
 * <pre>{@code
 * dz = dh' * (h - n) * z (1 - z)
 * dn = dh' * (1 - z) * (1 - n n)
 * dk = dn W_hn
 * dr = dk * h * r (1 - r)
 * dh = dh' * z + dk * r + [dr, dz] [W_hr, W_hz]
 * }</pre>
 */
final class GruBeforeBackward implements LayerBackward {

    private final GruWindow window;
    private final AffineBackward overInputs;
    private final Factor ofGates;
    private final Matrix ofGatesGradient;
    private final Factor ofCandidates;
    private final Matrix ofCandidatesGradient;

    // Gradients with respect to the sums over h of r and z, [N, 2H], and over k, [N, H].
    private final Matrix gateSums;
    private final Matrix[] gateSumsAt;
    private final Matrix candidateSums;
    private final Matrix[] candidateSumsAt;

    // Gradient with respect to k at one step, [B, H].
    private final Matrix recalledGradient;

    /**
     * @param own the layer's parameters: weight_ih, weight_hh, bias
     */
    GruBeforeBackward(
            ParameterMatrices parameters, List<Parameter> own, Gru layer, WindowShape shape) {
        int units = layer.units();
        int inputs = own.get(0).columns();
        this.window = new GruWindow(parameters.precision(), layer, inputs, shape);
        this.overInputs = new AffineBackward(parameters, own.get(0), own.get(2));
        Matrix recurrent = parameters.weight(own.get(1));
        Matrix recurrentGradient = parameters.gradient(own.get(1));
        this.ofGates = recurrent.rows(0, 2 * units).factor();
        this.ofGatesGradient = recurrentGradient.rows(0, 2 * units);
        this.ofCandidates = recurrent.rows(2 * units, units).factor();
        this.ofCandidatesGradient = recurrentGradient.rows(2 * units, units);
        this.gateSums = Matrix.allocate(parameters.precision(), shape.n(), 2 * units);
        this.gateSumsAt = window.blocks(gateSums);
        this.candidateSums = Matrix.allocate(parameters.precision(), shape.n(), units);
        this.candidateSumsAt = window.blocks(candidateSums);
        this.recalledGradient = Matrix.allocate(parameters.precision(), shape.rows(), units);
    }

    /** What the forward pass kept; tests fill it in double. */
    GruWindow window() {
        return window;
    }

    @Override
    public void keep(LayerActivations kept) {
        window.keep((GruActivations) kept);
    }

    @Override
    public Matrix outputs() {
        return window.outputs;
    }

    @Override
    public Matrix outputGradient() {
        return window.outputGradient;
    }

    @Override
    public void backward(Matrix inputs, @Nullable Matrix inputGradient) {
        int rows = window.shape.rows();
        ofGates.load();
        ofCandidates.load();
        for (int t = window.shape.steps() - 1; t >= 0; t--) {
            for (int n = t * rows; n < (t + 1) * rows; n++) {
                window.blendBackward(n);
                copyCandidates(n);
            }
            ofCandidates.setProduct(recalledGradient, candidateSumsAt[t]);
            for (int row = 0; row < rows; row++) {
                resetBackward(row, t * rows + row);
            }
            if (t > 0) {
                window.masks.addToHidden(window.outputGradientAt[t - 1], gateSumsAt[t], ofGates);
            }
        }
        overInputs.backward(window.masks.ofInputs(inputs), window.sumsGradient, inputGradient);
        window.masks.backToInputs(inputGradient);
        ofGatesGradient.addTransposedProduct(gateSums, window.masks.ofHidden(window.hiddenBefore));
        ofCandidatesGradient.addTransposedProduct(candidateSums, window.recalled);
    }

    private void copyCandidates(int n) {
        int units = window.units;
        for (int u = 0; u < units; u++) {
            double dn = window.sumsGradient.get((3 * n + 2) * units + u);
            candidateSums.set(n * units + u, dn);
        }
    }

    private void resetBackward(int row, int n) {
        int units = window.units;
        for (int u = 0; u < units; u++) {
            int atR = 3 * n * units + u;
            double r = window.gates.get(atR);
            double dk = recalledGradient.get(row * units + u) * window.masks.ofHidden(row, u);
            double dr = window.resetBackward(dk * window.hidden.get(n * units + u), r);
            window.sumsGradient.set(atR, dr);
            gateSums.set(2 * n * units + u, dr);
            gateSums.set((2 * n + 1) * units + u, window.sumsGradient.get(atR + units));
            window.addToHiddenBefore(n, u, dk * r);
        }
    }

    @Override
    public void close() {
        window.close();
        gateSums.close();
        candidateSums.close();
        recalledGradient.close();
    }
}
