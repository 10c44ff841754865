package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdaGradUpdater;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * One kind of optimiser on ND4J's updater of that kind, with PyTorch's constants: ND4J's own differ
 * where a class says so. Its moments lie in memory that the caller owns.
 */
sealed interface Updates {

    /**
     * One step.
     *
     * @param weights overwritten
     * @param gradient used up
     * @param rate the learning rate of this step
     * @param step steps before this one
     */
    void step(INDArray weights, INDArray gradient, double rate, int step);

    /**
     * The optimiser of that kind.
     *
     * @param moments the first moment, then the second, as far as there are any; zeros at first
     */
    static Updates of(OptimiserConfig.Method method, Matrix moments, int size) {
        return switch (method.kind()) {
            case SGD -> new Momentum(method.number(), moments, size);
            case ADAM, ADAMW -> new AdamSteps(method.number(), moments, size);
            case RMSPROP -> new RootMeanSquare(moments, size);
            case ADAGRAD -> new SumOfSquares(moments, size);
        };
    }

    /**
     * Gradient descent with the momentum of PyTorch: {@code v = m v + g}, then {@code w -= rate v}.
     * ND4J's updater is Nesterov's; its {@code v} at a rate of 1, which is the negative of that
     * one, is taken, and what it makes of it is not. The rate is applied last, so that a schedule
     * does not reach into the moment.
     *
     * @see <a href="https://doi.org/10.1016/0041-5553(64)90137-5">Polyak 1964</a>
     */
    final class Momentum implements Updates {

        private final NesterovsUpdater updater;
        private final INDArray moment;

        Momentum(double momentum, Matrix moments, int size) {
            updater = new NesterovsUpdater(new Nesterovs(1, momentum));
            updater.setStateViewArray(moments.array(), new long[] {1, size}, 'c', false);
            moment = moments.array();
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            updater.applyUpdater(gradient, step, 0);
            gradient.assign(moment);
            weights.addi(gradient.muli(rate));
        }
    }

    /**
     * Adam, and AdamW where there is weight decay: each weight first shrinks by rate times decay.
     * ND4J adds epsilon to the root of the raw second moment, PyTorch and the paper to that of the
     * corrected one, so it is set anew before every step.
     *
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>: Adam, with its
     *     constants
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019</a>: AdamW; decay
     *     times rate as in PyTorch
     */
    final class AdamSteps implements Updates {

        private static final double BETA_1 = 0.9;
        private static final double BETA_2 = 0.999;
        private static final double EPSILON = 1e-8;

        private final double decay;
        private final Adam adam;
        private final AdamUpdater updater;

        AdamSteps(double decay, Matrix moments, int size) {
            this.decay = decay;
            this.adam = new Adam(1, BETA_1, BETA_2, EPSILON);
            this.updater = new AdamUpdater(adam);
            updater.setStateViewArray(moments.array(), new long[] {1, size}, 'c', false);
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            if (decay > 0) {
                weights.muli(1 - rate * decay);
            }
            adam.setLearningRate(rate);
            adam.setEpsilon(EPSILON * Math.sqrt(1 - Math.pow(BETA_2, step + 1)));
            updater.applyUpdater(gradient, step, 0);
            weights.subi(gradient);
        }
    }

    /**
     * RMSProp, with PyTorch's decay of 0.99 where ND4J's is 0.95, and a mean that starts at 0 where
     * ND4J's starts at epsilon.
     *
     * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">
     *     Tieleman and Hinton 2012</a>: with a decay of 0.9
     */
    final class RootMeanSquare implements Updates {

        private static final double DECAY = 0.99;
        private static final double EPSILON = 1e-8;

        private final RmsProp rmsProp;
        private final RmsPropUpdater updater;

        RootMeanSquare(Matrix moments, int size) {
            rmsProp = new RmsProp(1, DECAY, EPSILON);
            updater = new RmsPropUpdater(rmsProp);
            updater.setStateViewArray(moments.array(), new long[] {1, size}, 'c', false);
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
    final class SumOfSquares implements Updates {

        private static final double EPSILON = 1e-10;

        private final AdaGrad adaGrad;
        private final AdaGradUpdater updater;

        SumOfSquares(Matrix moments, int size) {
            adaGrad = new AdaGrad(1, EPSILON);
            updater = new AdaGradUpdater(adaGrad);
            updater.setStateViewArray(moments.array(), new long[] {1, size}, 'c', false);
        }

        @Override
        public void step(INDArray weights, INDArray gradient, double rate, int step) {
            adaGrad.setLearningRate(rate);
            updater.applyUpdater(gradient, step, 0);
            weights.subi(gradient);
        }
    }
}
