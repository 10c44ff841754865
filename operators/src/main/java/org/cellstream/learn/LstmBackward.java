package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.LayerActivations;
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

    private final int steps;
    private final int rows;
    private final int units;

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

    /**
     * For windows of one shape.
     *
     * @param own the layer's parameters: weight_ih, weight_hh, bias
     */
    LstmBackward(ParameterMatrices parameters, List<Parameter> own, WindowShape shape) {
        this.steps = shape.steps();
        this.rows = shape.rows();
        this.units = own.get(1).columns();
        int n = steps * rows;
        this.gates = Matrix.allocate(parameters.precision(), n, 4 * units);
        this.cellTanh = Matrix.allocate(parameters.precision(), n, units);
        this.cells = Matrix.allocate(parameters.precision(), n + rows, units);
        this.hidden = Matrix.allocate(parameters.precision(), n + rows, units);
        this.outputs = hidden.rows(rows, n);
        this.hiddenBefore = hidden.rows(0, n);
        this.sumsGradient = Matrix.allocate(parameters.precision(), n, 4 * units);
        this.sumsGradientAt = blocks(sumsGradient);
        this.outputGradient = Matrix.allocate(parameters.precision(), n, units);
        this.outputGradientAt = blocks(outputGradient);
        this.cellGradient = new double[rows * units];
        this.affine = new AffineBackward(parameters, own.get(0), own.get(2), n);
        this.recurrent = parameters.weight(own.get(1));
        this.recurrentGradient = parameters.gradient(own.get(1));
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
        hidden.put(rows * units, kept.outputs());
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
            for (int row = 0; row < rows; row++) {
                cellsBackward(row, t * rows + row);
            }
            if (t > 0) {
                outputGradientAt[t - 1].addProduct(sumsGradientAt[t], recurrent);
            }
        }
        affine.backward(inputs, sumsGradient, inputGradient);
        recurrentGradient.addTransposedProduct(sumsGradient, hiddenBefore);
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
            double dh = outputGradient.get(at);
            double dc = cellGradient[row * units + u] + dh * o * (1 - tanh * tanh);
            sumsGradient.set(atI, dc * g * i * (1 - i));
            sumsGradient.set(atF, dc * cells.get(at) * f * (1 - f));
            sumsGradient.set(atG, dc * i * (1 - g * g));
            sumsGradient.set(atO, dh * tanh * o * (1 - o));
            cellGradient[row * units + u] = dc * f;
        }
    }

    @Override
    public void close() {
        affine.close();
        for (Matrix m : List.of(gates, cellTanh, cells, hidden, sumsGradient, outputGradient)) {
            m.close();
        }
    }
}
