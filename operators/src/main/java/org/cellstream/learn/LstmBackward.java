package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Activation;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.LearningKernels;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.LstmActivations;
import org.cellstream.nn.LstmSlopes;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

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

    // What the forward pass kept; tests fill these in double.
    final Matrix gates;
    final Matrix cellTanh;
    final Matrix cells;
    final Matrix firstCell;
    final Matrix firstHidden;
    private final Matrix outputs;

    // Gradient with respect to the sums that go into the gates, [N, 4H]. In single precision it
    // takes the gates' own place, which halves what has to come from memory.
    private final Matrix sumsGradient;
    private final Matrix outputGradient;
    private final Matrix[] outputGradientAt;
    private final Matrix cellGradient;

    private final JointGradient weightGradients;
    private final Matrix biasGradient;
    private final Factor overInputs;
    private final Factor recurrent;
    private final RecurrentMasks masks;
    private final @Nullable LstmProjectionBackward projection;

    /** Null where the kernels do not know the layer's functions, or the precision. */
    private final @Nullable LearningKernels kernels;

    /**
     * For windows of one shape.
     *
     * @param own the layer's parameters: weight_ih, weight_hh, bias and, if h is projected,
     *     weight_hr
     * @param layer what it drops, and its functions
     */
    LstmBackward(ParameterMatrices parameters, List<Parameter> own, Lstm layer, WindowShape shape) {
        DataType precision = parameters.precision();
        this.activation = layer.functions().activation();
        this.recurrentActivation = layer.functions().recurrent();
        this.steps = shape.steps();
        this.rows = shape.rows();
        this.units = own.get(0).rows() / 4;
        int hiddenUnits = own.get(1).columns();
        int n = steps * rows;
        this.gates = Matrix.kept(precision, n, 4 * units);
        this.cellTanh = Matrix.kept(precision, n, units);
        this.cells = Matrix.kept(precision, n, units);
        this.firstCell = Matrix.kept(precision, rows, units);
        this.firstHidden = Matrix.kept(precision, rows, hiddenUnits);
        this.outputs = Matrix.kept(precision, n, hiddenUnits);
        this.sumsGradient = Matrix.kept(precision, n, 4 * units);
        this.outputGradient = Matrix.allocate(precision, n, hiddenUnits);
        this.outputGradientAt = blocks(outputGradient);
        this.cellGradient = Matrix.allocate(precision, rows, units);
        this.weightGradients =
                new JointGradient(
                        List.of(parameters.gradient(own.get(0)), parameters.gradient(own.get(1))));
        this.biasGradient = parameters.gradient(own.get(2));
        this.overInputs = parameters.weight(own.get(0)).factor();
        this.recurrent = parameters.weight(own.get(1)).factor();
        int inputs = own.get(0).columns();
        this.masks = new RecurrentMasks(precision, layer.dropout(), inputs, hiddenUnits, shape);
        this.projection =
                own.size() == 3 ? null : new LstmProjectionBackward(parameters, own.get(3), shape);
        boolean known = precision == DataType.FLOAT && layer.functions().areUsual();
        this.kernels = known ? LearningKernels.best() : null;
    }

    private Matrix[] blocks(Matrix matrix) {
        Matrix[] blocks = new Matrix[steps];
        Arrays.setAll(blocks, t -> matrix.rows(t * rows, rows));
        return blocks;
    }

    @Override
    public void keep(LayerActivations layer) {
        LstmActivations kept = (LstmActivations) layer;
        gates.keep(kept.gates());
        sumsGradient.keep(kept.gates());
        cellTanh.keep(kept.cellTanh());
        cells.keep(kept.cells());
        firstCell.keep(kept.firstCell());
        firstHidden.keep(kept.firstHidden());
        outputs.keep(kept.outputs());
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
        cellGradient.fill(0);
        recurrent.load();
        if (projection != null) {
            projection.load();
        }
        for (int t = steps - 1; t >= 0; t--) {
            stepBackward(t);
            Matrix sums = sumsGradient.rows(t * rows, rows);
            biasGradient.addRows(sums);
            if (t > 0) {
                masks.addToHidden(outputGradientAt[t - 1], sums, recurrent);
            }
        }
        Matrix seen = masks.ofInputs(inputs);
        masks.addToWeights(weightGradients, sumsGradient, seen, firstHidden, outputs);
        if (inputGradient != null) {
            overInputs.load();
            overInputs.setProduct(inputGradient, sumsGradient);
            masks.backToInputs(inputGradient);
        }
        if (projection != null) {
            projection.backward(outputGradient);
        }
    }

    private void stepBackward(int t) {
        Matrix shownGradient = outputGradientAt[t];
        if (projection != null) {
            projection.backwardAt(outputGradientAt[t]);
            shownGradient = projection.shownGradient;
            keepShown(t, projection.shown);
        }
        Matrix cellsBefore = t == 0 ? firstCell : cells.rows((t - 1) * rows, rows);
        if (kernels == null) {
            cellsBackward(t, cellsBefore, shownGradient);
            return;
        }
        LstmSlopes step =
                new LstmSlopes(
                        FloatMatrix.slice(gates.rows(t * rows, rows)),
                        FloatMatrix.slice(cellTanh.rows(t * rows, rows)),
                        FloatMatrix.slice(cellsBefore),
                        FloatMatrix.slice(shownGradient),
                        FloatMatrix.slice(cellGradient),
                        FloatMatrix.slice(sumsGradient.rows(t * rows, rows)));
        kernels.lstmBackward(rows, units, step);
    }

    /** What the cells showed at a time step, before the projection. */
    private void keepShown(int t, Matrix shown) {
        for (int n = t * rows; n < (t + 1) * rows; n++) {
            for (int u = 0; u < units; u++) {
                int at = n * units + u;
                shown.set(at, gates.get((4 * n + 3) * units + u) * cellTanh.get(at));
            }
        }
    }

    /** As {@link LearningKernels#lstmBackward}, of any functions and in any precision. */
    private void cellsBackward(int t, Matrix cellsBefore, Matrix shownGradient) {
        for (int j = 0; j < rows * units; j++) {
            int at = t * rows * units + j;
            int atI = 4 * at - 3 * (j % units);
            int atF = atI + units;
            int atG = atF + units;
            int atO = atG + units;
            double i = gates.get(atI);
            double f = gates.get(atF);
            double g = gates.get(atG);
            double o = gates.get(atO);
            double tanh = cellTanh.get(at);
            double dh = shownGradient.get(j);
            double dc = cellGradient.get(j) + activation.backward(dh * o, tanh);
            sumsGradient.set(atI, recurrentActivation.backward(dc * g, i));
            sumsGradient.set(atF, recurrentActivation.backward(dc * cellsBefore.get(j), f));
            sumsGradient.set(atG, activation.backward(dc * i, g));
            sumsGradient.set(atO, recurrentActivation.backward(dh * tanh, o));
            cellGradient.set(j, dc * f);
        }
    }

    @Override
    public void close() {
        masks.close();
        if (projection != null) {
            projection.close();
        }
        List<Matrix> kept = List.of(gates, cellTanh, cells, firstCell, firstHidden, outputs);
        kept.forEach(Matrix::close);
        List.of(sumsGradient, outputGradient, cellGradient).forEach(Matrix::close);
    }
}
