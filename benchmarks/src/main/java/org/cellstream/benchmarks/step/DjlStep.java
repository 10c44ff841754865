package org.cellstream.benchmarks.step;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.cellstream.benchmarks.peers.DjlTorch;
import org.cellstream.benchmarks.peers.LayerTensors;
import org.cellstream.benchmarks.step.StepCell.Kind;

/**
 * PyTorch through DJL: its {@code lstm} or {@code gru} over one time step, called as DJL's own
 * blocks call it, without what those do around it.
 */
final class DjlStep implements StepSystem {

    private final NDManager manager;
    private final NDArray inputs;
    private final NDList weights;
    private NDList state;
    private final Kind kind;

    DjlStep(StepCell cell, Engine engine) {
        kind = cell.kind();
        manager = engine.newBaseManager();
        int units = cell.hidden();
        inputs = DjlTorch.array(manager, cell.inputs(), 1, cell.batch(), StepCell.INPUTS);
        weights = weights(cell);
        state = new NDList();
        for (int i = 0; i < (kind == Kind.LSTM ? 2 : 1); i++) {
            float[] zeros = new float[cell.batch() * units];
            state.add(DjlTorch.array(manager, zeros, 1, cell.batch(), units));
        }
    }

    private NDList weights(StepCell cell) {
        LayerTensors tensors = new LayerTensors(StepCell.weights(cell.network()));
        String layer = kind.layer();
        float[] bias = tensors.get(layer + ".bias_ih_l0");
        String second = layer + ".bias_hh_l0";
        float[] secondBias = tensors.has(second) ? tensors.get(second) : new float[bias.length];
        float[] overX = tensors.get(layer + ".weight_ih_l0");
        float[] overH = tensors.get(layer + ".weight_hh_l0");
        return new NDList(
                DjlTorch.array(manager, overX, bias.length, StepCell.INPUTS),
                DjlTorch.array(manager, overH, bias.length, cell.hidden()),
                DjlTorch.array(manager, bias, bias.length),
                DjlTorch.array(manager, secondBias, bias.length));
    }

    @Override
    public void call() {
        NDList all = kind == Kind.LSTM ? lstm() : gru();
        state.close();
        all.get(0).close(); // h of all time steps, which is one
        state = all.subNDList(1);
    }

    private NDList lstm() {
        return inputs.getNDArrayInternal()
                .lstm(inputs, state, weights, true, 1, 0, false, false, false);
    }

    private NDList gru() {
        return inputs.getNDArrayInternal()
                .gru(inputs, state.get(0), weights, true, 1, 0, false, false, false);
    }

    @Override
    public float[] hidden() {
        return state.get(0).toFloatArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
