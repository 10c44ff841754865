package org.cellstream.benchmarks.train;

import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.learn.Learner;
import org.cellstream.learn.LearnerState;
import org.cellstream.learn.Window;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;

/** Ours: {@code learn}, as the trainer calls it. */
final class OurTraining implements TrainSystem {

    /** So long that nothing is clipped; its norm is taken all the same, as in a job. */
    private static final double NO_CLIP = 1e9;

    private final TrainCell cell;
    private final Learner learner;
    private final List<Window> windows;

    OurTraining(TrainCell cell) {
        this.cell = cell;
        this.windows = cell.windows();
        LearningConfig config =
                new LearningConfig(
                        TrainCell.STEPS, cell.batch(), 1, TrainCell.LEARNING_RATE, NO_CLIP);
        this.learner = new Learner(cell.network(), config, LearnerState.fresh(cell.weights()));
    }

    @Override
    public void call() {
        if (!learner.learn(windows).applied()) {
            throw new IllegalStateException("ours learned nothing at " + cell);
        }
    }

    @Override
    public float[] outputs() {
        return outputs(cell, new Weights(cell.network(), learner.weights()));
    }

    /** What the network gives for the cell's inputs, step by step from zeros. */
    static float[] outputs(TrainCell cell, Weights weights) {
        Stepper stepper = new Stepper(cell.network(), Kernels.best(), cell.batch());
        stepper.load(weights);
        float[] inputs = cell.inputs();
        float[] outputs = new float[cell.samples()];
        int width = cell.batch() * TrainCell.INPUTS;
        float[] x = new float[width];
        float[] y = new float[cell.batch()];
        float[] state = new float[cell.batch() * cell.network().stateSize()];
        float[] next = new float[state.length];
        for (int t = 0; t < TrainCell.STEPS; t++) {
            System.arraycopy(inputs, t * width, x, 0, width);
            stepper.step(cell.batch(), x, state, next, y);
            System.arraycopy(next, 0, state, 0, state.length);
            System.arraycopy(y, 0, outputs, t * cell.batch(), cell.batch());
        }
        return outputs;
    }

    @Override
    public void close() {
        learner.close();
    }
}
