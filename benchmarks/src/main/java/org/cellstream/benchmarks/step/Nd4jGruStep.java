package org.cellstream.benchmarks.step;

import org.cellstream.benchmarks.peers.LayerTensors;
import org.cellstream.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's {@code gruCell}, whose reset gate acts before the product; the others' acts after it, with
 * as many multiplications. Two operations run in turns on each other's outputs.
 */
final class Nd4jGruStep implements StepSystem {

    private final CustomOp[] steps = new CustomOp[2];
    private final INDArray[] hidden = new INDArray[2];
    private int next;

    Nd4jGruStep(StepCell cell) {
        int units = cell.hidden();
        LayerTensors tensors = new LayerTensors(StepCell.weights(network(cell)));
        INDArray x = Nd4j.createFromArray(cell.inputs()).reshape(cell.batch(), StepCell.INPUTS);
        INDArray gates = stacked(tensors, units, 0, 1);
        INDArray candidate = stacked(tensors, units, 2);
        INDArray gateBias = Nd4j.createFromArray(tensors.byInput("gru.bias_ih_l0", units, 0, 1));
        INDArray candidateBias = Nd4j.createFromArray(tensors.byInput("gru.bias_ih_l0", units, 2));
        for (int i = 0; i < 2; i++) {
            hidden[i] = Nd4j.create(cell.batch(), units);
        }
        for (int i = 0; i < 2; i++) {
            steps[i] =
                    DynamicCustomOp.builder("gruCell")
                            .addInputs(x, hidden[1 - i], gates, candidate, gateBias, candidateBias)
                            .addOutputs(
                                    Nd4j.create(cell.batch(), units),
                                    Nd4j.create(cell.batch(), units),
                                    Nd4j.create(cell.batch(), units),
                                    hidden[i])
                            .build();
        }
    }

    /** Weights over inputs, then those over h {@code [I + H, gates * H]}. */
    private static INDArray stacked(LayerTensors tensors, int units, int... gates) {
        long width = (long) gates.length * units;
        return Nd4j.vstack(
                Nd4j.createFromArray(tensors.byInput("gru.weight_ih_l0", units, gates))
                        .reshape('c', StepCell.INPUTS, width),
                Nd4j.createFromArray(tensors.byInput("gru.weight_hh_l0", units, gates))
                        .reshape('c', units, width));
    }

    @Override
    public Network network(StepCell cell) {
        return cell.networkWithResetBefore();
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
