package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdaGradUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * ND4J's updater of one kind, with PyTorch's constants: ND4J's own differ where a class says so.
 */
sealed interface Nd4jRule {

    /**
     * One step.
     *
     * @param weights overwritten
     * @param gradient used up
     */
    void step(INDArray weights, INDArray gradient, double rate, int step);

    /**
     * The rule of that kind.
     *
     * @param moments where its moments lie; zeros at first
     */
    static Nd4jRule of(OptimiserConfig.Method method, INDArray moments) {
        return switch (method.kind()) {
            case SGD -> new Momentum(method.number(), moments);
            case RMSPROP -> new RootMeanSquare(moments);
            case ADAGRAD -> new SumOfSquares(moments);
            case ADAM, ADAMW ->
                    throw new IllegalArgumentException(
                            method.kind() + " is not run by ND4J; need sgd, rmsprop or adagrad");
        };
    }

    private static void place(GradientUpdater<?> updater, INDArray moments) {
        updater.setStateViewArray(moments, new long[] {1, moments.length()}, 'c', false);
    }

    /**
     * Gradient descent with the momentum of PyTorch: {@code v = m v + g}, then {@code w -= rate v}.
     * ND4J's updater is Nesterov's; its {@code v} at a rate of 1, which is the negative of that
     * one, is taken, and what it makes of it is not. The rate is applied last, so that a schedule
     * does not reach into the moment.
     *
     * @see <a href="https://doi.org/10.1016/0041-5553(64)90137-5">Polyak 1964</a>
     */
    final class Momentum implements Nd4jRule {

        private final NesterovsUpdater updater;
        private final INDArray moment;

        Momentum(double momentum, INDArray moments) {
            updater = new NesterovsUpdater(new Nesterovs(1, momentum));
            place(updater, moments);
            moment = moments;
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            updater.applyUpdater(gradient, step, 0);
            gradient.assign(moment);
            weights.addi(gradient.muli(rate));
        }
    }

    /**
     * RMSProp, with PyTorch's decay of 0.99 where ND4J's is 0.95, and a mean that starts at 0 where
     * ND4J's starts at epsilon.
     *
     * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">
     *     Tieleman and Hinton 2012</a>: with a decay of 0.9
     */
    final class RootMeanSquare implements Nd4jRule {

        private static final double DECAY = 0.99;
        private static final double EPSILON = 1e-8;

        private final RmsProp rmsProp = new RmsProp(1, DECAY, EPSILON);
        private final RmsPropUpdater updater = new RmsPropUpdater(rmsProp);

        RootMeanSquare(INDArray moments) {
            place(updater, moments);
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            rmsProp.setLearningRate(rate);
            updater.applyUpdater(gradient, step, 0);
            weights.subi(gradient);
        }
    }

    /**
     * AdaGrad, with PyTorch's epsilon of 1e-10 where ND4J's is 1e-6, and a sum that starts at 0
     * where ND4J's starts at epsilon.
     *
     * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer 2011</a>
     */
    final class SumOfSquares implements Nd4jRule {

        private static final double EPSILON = 1e-10;

        private final AdaGrad adaGrad = new AdaGrad(1, EPSILON);
        private final AdaGradUpdater updater = new AdaGradUpdater(adaGrad);

        SumOfSquares(INDArray moments) {
            place(updater, moments);
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            adaGrad.setLearningRate(rate);
            updater.applyUpdater(gradient, step, 0);
            weights.subi(gradient);
        }
    }
}
