package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Activation;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.LstmActivations;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;

/**
 * Backward pass of an LSTM through the time steps of a window. The gradient stops at the window's
 * start: nothing flows into the state that was carried in.
 *
 * @see <a href="https://doi.org/10.1162/neco.1990.2.4.490">Williams and Peng 1990</a>: truncated
 *     backpropagation through time
 */
final class LstmBackward implements LayerBackward {

    private final Activation activation;
    private final Activation recurrentActivation;
    private final int steps;
    private final int rows;
    private final int units;
    private final int hiddenUnits;

    // What the forward pass kept; tests fill these in double.
    final Matrix gates;
    final Matrix cellTanh;
    // B rows from before the first step, then those after each step.
    final Matrix cells;
    final Matrix hidden;

    private final Matrix outputs;
    private final Matrix hiddenBefore;

    // Gradient with respect to the sums that go into the gates, [N, 4H], and its blocks by step.
    private final Matrix sumsGradient;
    private final Matrix[] sumsGradientAt;
    private final Matrix outputGradient;
    private final Matrix[] outputGradientAt;
    private final double[] cellGradient;

    private final AffineBackward affine;
    private final Matrix recurrent;
    private final Matrix recurrentGradient;
    private final RecurrentMasks masks;
    private final @Nullable LstmProjectionBackward projection;

    /**
     * For windows of one shape.
     *
     * @param own the layer's parameters: weight_ih, weight_hh, bias and, if h is projected,
     *     weight_hr
     * @param layer what it drops, and its functions
     */
    LstmBackward(ParameterMatrices parameters, List<Parameter> own, Lstm layer, WindowShape shape) {
        this.activation = layer.functions().activation();
        this.recurrentActivation = layer.functions().recurrent();
        this.steps = shape.steps();
        this.rows = shape.rows();
        this.units = own.get(0).rows() / 4;
        this.hiddenUnits = own.get(1).columns();
        int n = steps * rows;
        this.gates = Matrix.allocate(parameters.precision(), n, 4 * units);
        this.cellTanh = Matrix.allocate(parameters.precision(), n, units);
        this.cells = Matrix.allocate(parameters.precision(), n + rows, units);
        this.hidden = Matrix.allocate(parameters.precision(), n + rows, hiddenUnits);
        this.outputs = hidden.rows(rows, n);
        this.hiddenBefore = hidden.rows(0, n);
        this.sumsGradient = Matrix.allocate(parameters.precision(), n, 4 * units);
        this.sumsGradientAt = blocks(sumsGradient);
        this.outputGradient = Matrix.allocate(parameters.precision(), n, hiddenUnits);
        this.outputGradientAt = blocks(outputGradient);
        this.cellGradient = new double[rows * units];
        this.affine = new AffineBackward(parameters, own.get(0), own.get(2), n);
        this.recurrent = parameters.weight(own.get(1));
        this.recurrentGradient = parameters.gradient(own.get(1));
        this.masks =
                new RecurrentMasks(
                        parameters.precision(),
                        layer.dropout(),
                        own.get(0).columns(),
                        hiddenUnits,
                        shape);
        this.projection =
                own.size() == 3 ? null : new LstmProjectionBackward(parameters, own.get(3), shape);
    }

    private Matrix[] blocks(Matrix matrix) {
        Matrix[] blocks = new Matrix[steps];
        Arrays.setAll(blocks, t -> matrix.rows(t * rows, rows));
        return blocks;
    }

    @Override
    public void keep(LayerActivations layer) {
        LstmActivations kept = (LstmActivations) layer;
        gates.put(0, kept.gates());
        cellTanh.put(0, kept.cellTanh());
        cells.put(0, kept.firstCell());
        cells.put(rows * units, kept.cells());
        hidden.put(0, kept.firstHidden());
        hidden.put(rows * hiddenUnits, kept.outputs());
        masks.keep(kept.inputMask(), kept.hiddenMask());
    }

    /** What the forward pass dropped. */
    RecurrentMasks masks() {
        return masks;
    }

    @Override
    public Matrix outputs() {
        return outputs;
    }

    @Override
    public Matrix outputGradient() {
        return outputGradient;
    }

    @Override
    public void backward(Matrix inputs, @Nullable Matrix inputGradient) {
        Arrays.fill(cellGradient, 0);
        for (int t = steps - 1; t >= 0; t--) {
            if (projection != null) {
                projection.backwardAt(outputGradientAt[t]);
            }
            for (int row = 0; row < rows; row++) {
                cellsBackward(row, t * rows + row);
            }
            if (t > 0) {
                masks.addToHidden(outputGradientAt[t - 1], sumsGradientAt[t], recurrent);
            }
        }
        affine.backward(masks.ofInputs(inputs), sumsGradient, inputGradient);
        masks.backToInputs(inputGradient);
        recurrentGradient.addTransposedProduct(sumsGradient, masks.ofHidden(hiddenBefore));
        if (projection != null) {
            projection.backward(outputGradient);
        }
    }

    /** Through the cells of one row at one step, which is row {@code n} of the window. */
    private void cellsBackward(int row, int n) {
        int first = 4 * n * units;
        for (int u = 0; u < units; u++) {
            int at = n * units + u;
            int atI = first + u;
            int atF = atI + units;
            int atG = atF + units;
            int atO = atG + units;
            double i = gates.get(atI);
            double f = gates.get(atF);
            double g = gates.get(atG);
            double o = gates.get(atO);
            double tanh = cellTanh.get(at);
            double dh = shownGradient(row, n, u);
            double dc = cellGradient[row * units + u] + activation.backward(dh * o, tanh);
            sumsGradient.set(atI, recurrentActivation.backward(dc * g, i));
            sumsGradient.set(atF, recurrentActivation.backward(dc * cells.get(at), f));
            sumsGradient.set(atG, activation.backward(dc * i, g));
            sumsGradient.set(atO, recurrentActivation.backward(dh * tanh, o));
            cellGradient[row * units + u] = dc * f;
            if (projection != null) {
                projection.shown.set(at, o * tanh);
            }
        }
    }

    /** Gradient with respect to what unit u of one row shows, which is its h if not projected. */
    private double shownGradient(int row, int n, int u) {
        return projection == null
                ? outputGradient.get(n * units + u)
                : projection.shownGradient.get(row * units + u);
    }

    @Override
    public void close() {
        affine.close();
        masks.close();
        if (projection != null) {
            projection.close();
        }
        for (Matrix m : List.of(gates, cellTanh, cells, hidden, sumsGradient, outputGradient)) {
            m.close();
        }
    }
}
