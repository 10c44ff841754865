package org.cellstream.benchmarks.step;

import org.cellstream.benchmarks.peers.LayerTensors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's {@code lstmLayer} over one time step. Two operations are made once and run in turns, each
 * on the other one's outputs, so that no call allocates an array. By its name: this version's class
 * for it takes its inputs for outputs.
 */
final class Nd4jLstmStep implements StepSystem {

    private static final int[] ORDER = {0, 1, 2, 3};

    /** Time first, forwards; sigmoid for gates, tanh for candidates and for the cell. */
    private static final int[] ARGUMENTS = {0, 0, 2, 0, 0};

    private static final boolean HAS_BIAS = true;
    private static final boolean HAS_H = true;
    private static final boolean HAS_C = true;
    private static final boolean LAST_H = true;
    private static final boolean LAST_C = true;

    private final CustomOp[] steps = new CustomOp[2];
    private final INDArray[] hidden = new INDArray[2];
    private int next;

    Nd4jLstmStep(StepCell cell) {
        int units = cell.hidden();
        INDArray x = Nd4j.createFromArray(cell.inputs()).reshape(1, cell.batch(), StepCell.INPUTS);
        LayerTensors tensors = new LayerTensors(StepCell.weights(cell.network()));
        INDArray overX = matrix(tensors, "lstm.weight_ih_l0", units, StepCell.INPUTS);
        INDArray overH = matrix(tensors, "lstm.weight_hh_l0", units, units);
        INDArray bias = matrix(tensors, "lstm.bias_ih_l0", units, 1).reshape(4L * units);
        INDArray[] cells = new INDArray[2];
        for (int i = 0; i < 2; i++) {
            hidden[i] = Nd4j.create(cell.batch(), units);
            cells[i] = Nd4j.create(cell.batch(), units);
        }
        for (int i = 0; i < 2; i++) {
            steps[i] =
                    DynamicCustomOp.builder("lstmLayer")
                            .addInputs(x, overX, overH, bias, hidden[1 - i], cells[1 - i])
                            .addOutputs(hidden[i], cells[i])
                            .addIntegerArguments(ARGUMENTS)
                            .addFloatingPointArguments(0.0)
                            .addBooleanArguments(
                                    HAS_BIAS, false, HAS_H, HAS_C, false, false, LAST_H, LAST_C)
                            .build();
        }
    }

    private static INDArray matrix(LayerTensors tensors, String name, int units, int inputs) {
        return Nd4j.createFromArray(tensors.byInput(name, units, ORDER))
                .reshape('c', inputs, 4L * units);
    }

    @Override
    public void call() {
        Nd4j.getExecutioner().exec(steps[next]);
        next = 1 - next;
    }

    @Override
    public float[] hidden() {
        return hidden[1 - next].dup('c').data().asFloat();
    }
}
