package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.BidirectionalActivations;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Backward pass of a layer that reads windows in both directions. The direction that reads
 * backwards has its time steps in the order in which it reads them.
 */
final class BidirectionalBackward implements LayerBackward {

    private final Bidirectional.Merge merge;
    private final WindowShape shape;
    private final LayerBackward forward;
    private final LayerBackward reverse;
    private final int width;

    /** Row of the same time step where time runs the other way, {@code [T * B]}. */
    private final int[] mirrored;

    private final Matrix outputs;
    private final Matrix outputGradient;
    private final Matrix reversedInputs;
    private final Matrix reversedInputGradient;

    /**
     * @param own the layer's parameters: those of the forward direction, then those of the other
     */
    BidirectionalBackward(
            Bidirectional layer,
            ParameterMatrices parameters,
            List<Parameter> own,
            WindowShape shape) {
        int half = own.size() / 2;
        int inputs = own.get(0).columns();
        DataType precision = parameters.precision();
        this.merge = layer.merge();
        this.shape = shape;
        this.mirrored = new int[shape.n()];
        int[] whole = new int[shape.rows()];
        Arrays.fill(whole, shape.steps());
        Arrays.setAll(mirrored, n -> BidirectionalActivations.mirrored(n, whole));
        this.forward = direction(layer.layer(), parameters, own.subList(0, half));
        this.reverse = direction(layer.layer(), parameters, own.subList(half, 2 * half));
        this.width = forward.outputs().columns();
        this.outputs = Matrix.allocate(precision, shape.n(), layer.outputs(inputs));
        this.outputGradient = Matrix.allocate(precision, shape.n(), layer.outputs(inputs));
        this.reversedInputs = Matrix.allocate(precision, shape.n(), inputs);
        this.reversedInputGradient = Matrix.allocate(precision, shape.n(), inputs);
    }

    private LayerBackward direction(
            Layer layer, ParameterMatrices parameters, List<Parameter> own) {
        return layer.accept(new LayerBackwards(parameters, own, layer, shape));
    }

    LayerBackward forward() {
        return forward;
    }

    LayerBackward reverse() {
        return reverse;
    }

    @Override
    public void keep(LayerActivations kept) {
        BidirectionalActivations both = (BidirectionalActivations) kept;
        Arrays.setAll(mirrored, n -> BidirectionalActivations.mirrored(n, both.lengths()));
        forward.keep(both.forward().layer(0));
        reverse.keep(both.reverse().layer(0));
        outputs.put(0, both.outputs());
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
        for (int n = 0; n < shape.n(); n++) {
            mergeBackward(n, mirrored[n]);
        }
        copyMirrored(inputs, reversedInputs);
        forward.backward(inputs, inputGradient);
        reverse.backward(reversedInputs, inputGradient == null ? null : reversedInputGradient);
        if (inputGradient != null) {
            addMirrored(reversedInputGradient, inputGradient);
        }
    }

    /** From row n of the merged outputs to the two rows that it was merged from. */
    private void mergeBackward(int n, int back) {
        for (int j = 0; j < width; j++) {
            int f = n * width + j;
            int b = back * width + j;
            switch (merge) {
                case CONCAT -> {
                    forward.outputGradient().set(f, outputGradient.get(2 * n * width + j));
                    reverse.outputGradient().set(b, outputGradient.get((2 * n + 1) * width + j));
                }
                case SUM -> {
                    forward.outputGradient().set(f, outputGradient.get(f));
                    reverse.outputGradient().set(b, outputGradient.get(f));
                }
                case AVERAGE -> {
                    forward.outputGradient().set(f, outputGradient.get(f) / 2);
                    reverse.outputGradient().set(b, outputGradient.get(f) / 2);
                }
                case MULTIPLY -> {
                    double dy = outputGradient.get(f);
                    forward.outputGradient().set(f, dy * reverse.outputs().get(b));
                    reverse.outputGradient().set(b, dy * forward.outputs().get(f));
                }
            }
        }
    }

    private void copyMirrored(Matrix from, Matrix to) {
        int columns = to.columns();
        for (int n = 0; n < shape.n(); n++) {
            int back = mirrored[n] * columns;
            for (int j = 0; j < columns; j++) {
                to.set(back + j, from.get(n * columns + j));
            }
        }
    }

    private void addMirrored(Matrix from, Matrix to) {
        int columns = to.columns();
        for (int n = 0; n < shape.n(); n++) {
            int back = mirrored[n] * columns;
            for (int j = 0; j < columns; j++) {
                int at = n * columns + j;
                to.set(at, to.get(at) + from.get(back + j));
            }
        }
    }

    @Override
    public void close() {
        forward.close();
        reverse.close();
        outputs.close();
        outputGradient.close();
        reversedInputs.close();
        reversedInputGradient.close();
    }
}
