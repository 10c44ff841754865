package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimiser of ND4J, on copies outside the heap of what the learner has. */
final class Nd4jUpdates implements Updates {

    private final Nd4jRule rule;
    private final Matrix moments;
    private final Nd4jMemory weightsMemory;
    private final Nd4jMemory gradientMemory;
    private final Nd4jMemory momentsMemory;
    private final INDArray weightsRow;
    private final INDArray gradientRow;

    /**
     * @param moments as many as there are weights
     */
    Nd4jUpdates(OptimiserConfig.Method method, Matrix moments, DataType precision) {
        this.moments = moments;
        this.weightsMemory = Nd4jMemory.of(precision, moments.size());
        this.gradientMemory = Nd4jMemory.of(precision, moments.size());
        this.momentsMemory = Nd4jMemory.of(precision, moments.size());
        this.weightsRow = weightsMemory.row();
        this.gradientRow = gradientMemory.row();
        this.rule = Nd4jRule.of(method, momentsMemory.row());
    }

    @Override
    public void step(Matrix weights, Matrix gradient, double rate, int step) {
        weightsMemory.take(weights);
        gradientMemory.take(gradient);
        momentsMemory.take(moments);
        rule.step(weightsRow, gradientRow, rate, step);
        weightsMemory.give(weights);
        momentsMemory.give(moments);
    }

    @Override
    public void close() {
        weightsMemory.close();
        gradientMemory.close();
        momentsMemory.close();
    }
}
