package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Gru;
import org.cellstream.nn.GruActivations;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;

/**
 * Backward pass of a GRU whose reset gate acts on the candidate's sums over h. With {@code s} for
 * those sums and {@code d} for gradients:
 *
 * <pre>{@code
 * dz = dh' * (h - n) * z (1 - z)
 * dn = dh' * (1 - z) * (1 - n n)
 * dr = dn * s * r (1 - r)
 * ds = dn * r
 * dh = dh' * z + [dr, dz, ds] W_hh
 * }</pre>
 */
final class GruAfterBackward implements LayerBackward {

    private final GruWindow window;
    private final AffineBackward overInputs;
    private final AffineBackward overHidden;
    private final Factor recurrent;

    // Gradients with respect to the sums over h, r, z and s, [N, 3H].
    private final Matrix hiddenSums;
    private final Matrix[] hiddenSumsAt;

    /**
     * @param own the layer's parameters: weight_ih, weight_hh, bias_ih, bias_hh
     */
    GruAfterBackward(
            ParameterMatrices parameters, List<Parameter> own, Gru layer, WindowShape shape) {
        int units = layer.units();
        int inputs = own.get(0).columns();
        this.window = new GruWindow(parameters.precision(), layer, inputs, shape);
        this.overInputs = new AffineBackward(parameters, own.get(0), own.get(2));
        this.overHidden = new AffineBackward(parameters, own.get(1), own.get(3));
        this.recurrent = parameters.weight(own.get(1)).factor();
        this.hiddenSums = Matrix.allocate(parameters.precision(), shape.n(), 3 * units);
        this.hiddenSumsAt = window.blocks(hiddenSums);
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
        recurrent.load();
        for (int t = window.shape.steps() - 1; t >= 0; t--) {
            for (int n = t * rows; n < (t + 1) * rows; n++) {
                window.blendBackward(n);
                resetBackward(n);
            }
            if (t > 0) {
                window.masks.addToHidden(
                        window.outputGradientAt[t - 1], hiddenSumsAt[t], recurrent);
            }
        }
        overInputs.backward(window.masks.ofInputs(inputs), window.sumsGradient, inputGradient);
        window.masks.backToInputs(inputGradient);
        overHidden.backward(window.masks.ofHidden(window.hiddenBefore), hiddenSums, null);
    }

    private void resetBackward(int n) {
        int units = window.units;
        for (int u = 0; u < units; u++) {
            int atR = 3 * n * units + u;
            int atZ = atR + units;
            int atN = atZ + units;
            double r = window.gates.get(atR);
            double dn = window.sumsGradient.get(atN);
            double dr = window.resetBackward(dn * window.recalled.get(n * units + u), r);
            window.sumsGradient.set(atR, dr);
            hiddenSums.set(atR, dr);
            hiddenSums.set(atZ, window.sumsGradient.get(atZ));
            hiddenSums.set(atN, dn * r);
        }
    }

    @Override
    public void close() {
        window.close();
        hiddenSums.close();
    }
}
