package org.cellstream.benchmarks.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cellstream.benchmarks.peers.DjlTorch;
import org.cellstream.benchmarks.peers.LayerTensors;

/** PyTorch through DJL: its {@code lstm} and {@code linear}, its gradients, and DJL's Adam. */
final class DjlTraining implements TrainSystem {

    private final TrainCell cell;
    private final Engine engine;
    private final NDManager manager;
    private final Map<String, NDArray> learned = new LinkedHashMap<>();
    private final NDArray inputs;
    private final NDArray labels;
    private final NDArray secondBias;
    private final Optimizer adam;

    DjlTraining(TrainCell cell, Engine engine) {
        this.cell = cell;
        this.engine = engine;
        this.manager = engine.newBaseManager();
        int units = cell.hidden();
        int gates = 4 * units;
        inputs = array(cell.inputs(), TrainCell.STEPS, cell.batch(), TrainCell.INPUTS);
        labels = array(cell.labels(), TrainCell.STEPS, cell.batch(), 1);
        secondBias = array(new float[gates], gates); // ours has one bias: this stays 0
        LayerTensors tensors = new LayerTensors(cell.weights());
        learn(tensors, "lstm.weight_ih_l0", gates, TrainCell.INPUTS);
        learn(tensors, "lstm.weight_hh_l0", gates, units);
        learn(tensors, "lstm.bias_ih_l0", gates);
        learn(tensors, "dense.weight", 1, units);
        learn(tensors, "dense.bias", 1);
        adam =
                Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed((float) TrainCell.LEARNING_RATE))
                        .build();
    }

    private NDArray array(float[] values, long... shape) {
        return DjlTorch.array(manager, values, shape);
    }

    private void learn(LayerTensors tensors, String name, long... shape) {
        NDArray parameter = array(tensors.get(name), shape);
        parameter.setRequiresGradient(true);
        learned.put(name, parameter);
    }

    private NDArray parameter(String name) {
        NDArray parameter = learned.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + name + " in " + learned.keySet());
        }
        return parameter;
    }

    /** The outputs {@code [T, B, 1]}; all arrays belong to that manager. */
    private NDArray forward(NDManager scope) {
        NDArray x = inputs.duplicate();
        x.attach(scope);
        NDArray zeros = scope.zeros(new Shape(1, cell.batch(), cell.hidden()));
        NDList weights =
                new NDList(
                        parameter("lstm.weight_ih_l0"),
                        parameter("lstm.weight_hh_l0"),
                        parameter("lstm.bias_ih_l0"),
                        secondBias);
        NDList all =
                x.getNDArrayInternal()
                        .lstm(x, new NDList(zeros, zeros), weights, true, 1, 0, true, false, false);
        all.attach(scope);
        NDArray h = all.get(0);
        NDArray product = h.matMul(parameter("dense.weight").transpose());
        return product.add(parameter("dense.bias"));
    }

    @Override
    public void call() {
        try (NDManager scope = manager.newSubManager();
                GradientCollector gradients = engine.newGradientCollector()) {
            NDArray loss = forward(scope).sub(labels).square().mean();
            gradients.backward(loss);
            loss.attach(scope);
        }
        learned.forEach(
                (name, parameter) -> {
                    NDArray gradient = parameter.getGradient();
                    adam.update(name, parameter, gradient);
                    gradient.close();
                });
    }

    @Override
    public float[] outputs() {
        try (NDManager scope = manager.newSubManager()) {
            return forward(scope).toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
