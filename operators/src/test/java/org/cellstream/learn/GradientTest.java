package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.cellstream.config.LearningConfig;
import org.cellstream.nn.DropoutMasks;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Network;
import org.cellstream.nn.ReferenceNetwork;
import org.cellstream.nn.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The gradient of the loss against difference quotients of the plain reference. */
class GradientTest {

    /**
     * Of a difference, relative to the difference quotient or to {@link #SMALL}, whichever is
     * larger.
     */
    private static final double RELATIVE_TOLERANCE = 1e-6;

    /** Below it, the rounding of the quotient itself (1e-12) comes near to the tolerance. */
    private static final double SMALL = 1e-4;

    /** Times 1 + the largest value of the gradient: some hundred roundings of float32. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** Best for quotients of fourth order: both their errors are below 1e-11. */
    private static final double DELTA = 1e-3;

    @ParameterizedTest
    @CsvSource({
        "lstm(1) dense(1), 1, 1, 1",
        "lstm(4) dense(1), 3, 7, 5",
        "lstm(9) dense(3), 1, 3, 1",
        "lstm(5) lstm(3) dense(2), 3, 6, 4",
        "lstm(2) lstm(3) lstm(4), 2, 5, 2",
        "dense(3), 2, 2, 3",
        "dense(4) lstm(3) dense(3) dense(2), 2, 4, 3",
        "lstm(3) dense(2) lstm(2), 2, 4, 2",
        "'lstm(5, projection=3) dense(2)', 2, 6, 4",
        "'lstm(4, projection=1) lstm(5, projection=2)', 3, 5, 2",
        "gru(1) dense(1), 1, 1, 1",
        "gru(5) gru(3) dense(2), 3, 6, 4",
        "gru(4) lstm(3) gru(2), 2, 5, 3",
        "'gru(1, reset=before) dense(1)', 1, 1, 1",
        "'gru(5, reset=before) gru(3, reset=before) dense(2)', 3, 6, 4",
        "bidirectional(lstm(3)) dense(2), 2, 5, 3",
        "'bidirectional(lstm(4, projection=2)) bidirectional(gru(3)) dense(2)', 2, 5, 3",
        "'bidirectional(gru(3), merge=sum) lstm(2)', 2, 4, 2",
        "'lstm(2) bidirectional(gru(3, reset=before), merge=average) dense(1)', 2, 4, 2",
        "'dense(2) bidirectional(lstm(3), merge=multiply) dense(1)', 2, 4, 2",
        "'lstm(3, activation=sigmoid, recurrent-activation=hard_sigmoid) dense(2)', 2, 4, 2",
        "'lstm(4, projection=2, activation=elu(0.5)) lstm(3, activation=selu) dense(1)', 2, 4, 2",
        "'lstm(3, activation=linear, recurrent-activation=hard_sigmoid(0.2)) dense(2)', 2, 4, 2",
        "'lstm(3, activation=relu) lstm(3, activation=leaky_relu(0.2)) dense(2)', 2, 4, 2",
        "'lstm(3, activation=softplus) lstm(3, recurrent-activation=softsign) dense(2)', 2, 4, 2",
        "'gru(3, activation=sigmoid) gru(3, recurrent-activation=tanh) dense(2)', 2, 4, 2",
        "'gru(3, reset=before, activation=relu, recurrent-activation=hard_sigmoid)', 2, 4, 2",
        "'gru(3, reset=before, activation=exponential) dense(2)', 2, 3, 2",
        "'bidirectional(gru(3, activation=softsign), merge=sum) dense(2)', 2, 4, 2",
        "'dense(3, relu) dense(3, leaky_relu) dense(2, leaky_relu(0.2)) dense(2)', 3, 2, 2",
        "'dense(3, elu) dense(3, elu(0.5)) dense(3, selu) dense(2)', 3, 2, 2",
        "'dense(3, gelu) dense(3, gelu_tanh) dense(3, swish) dense(2)', 3, 2, 2",
        "'dense(3, tanh) dense(3, sigmoid) dense(3, hard_sigmoid) dense(2)', 3, 2, 2",
        "'dense(3, hard_sigmoid(0.2)) dense(2)', 3, 2, 2",
        "'dense(3, softplus) dense(3, softsign) dense(3, exponential) dense(2)', 3, 2, 2",
        "'dense(4, softmax) dense(3, softmax)', 3, 2, 2",
        "'lstm(3) dense(4, gelu) lstm(2) dense(2, tanh)', 2, 3, 2",
        "'embedding(3, 2) dense(2)', 1, 2, 3",
        "'embedding(4, 2) lstm(3) dense(1)', 3, 3, 3",
        "'embedding(4, 2, column=1) lstm(3) dense(2)', 3, 3, 3",
        "'layernorm lstm(4) layernorm(eps=0.001) dense(2)', 3, 3, 2",
        "'lstm(4) layernorm', 2, 3, 2",
        "'lstm(4) dropout(0.5) dense(3, tanh) dropout(0.2) dense(2)', 2, 3, 3",
        "'lstm(3, dropout=0.5) dense(2)', 3, 3, 3",
        "'lstm(4, recurrent-dropout=0.5) dense(2)', 2, 5, 3",
        "'dense(4) lstm(5, projection=3, dropout=0.4, recurrent-dropout=0.3) lstm(2)', 2, 5, 3",
        "'gru(4, dropout=0.4, recurrent-dropout=0.3) gru(3, recurrent-dropout=0.5)', 2, 5, 3",
        "'dense(3) gru(4, reset=before, dropout=0.4, recurrent-dropout=0.3) dense(2)', 2, 5, 3",
        "'lstm(3) bidirectional(gru(3, dropout=0.4, recurrent-dropout=0.4)) dense(2)', 2, 4, 3",
        "'lstm(3) skip dense(2)', 2, 3, 2",
        "'embedding(3, 2, column=0) lstm(3) skip layernorm dense(3, swish) skip', 2, 3, 2",
    })
    void gradientIsTheSlopeOfTheLoss(String text, int inputs, int steps, int rows) {
        Case c = new Case(Network.parse(text, inputs), steps, rows);

        double[] gradient = c.gradient(DataType.DOUBLE);

        for (int i = 0; i < gradient.length; i++) {
            double slope = c.slope(i);
            double relative = Math.abs(gradient[i] - slope) / Math.max(Math.abs(slope), SMALL);
            assertThat(relative).as("weight %d, slope %s", i, slope).isLessThan(RELATIVE_TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lstm(64) dense(1), 3, 20, 32",
        "lstm(33) lstm(7) dense(2), 5, 10, 9",
        "lstm(1) dense(1), 1, 1, 1",
        "'lstm(33, projection=9) dense(2)', 5, 10, 9",
        "gru(33) gru(7) dense(2), 5, 10, 9",
        "'gru(33, reset=before) dense(2)', 5, 10, 9",
        "'lstm(33, activation=softsign, recurrent-activation=hard_sigmoid) dense(2)', 5, 10, 9",
        "'bidirectional(gru(20)) bidirectional(lstm(7), merge=multiply) dense(2)', 5, 10, 9",
        "'lstm(33, dropout=0.3, recurrent-dropout=0.4) gru(9, recurrent-dropout=0.2)', 5, 10, 9",
        "'gru(33, reset=before, dropout=0.3, recurrent-dropout=0.4) dense(2)', 5, 10, 9",
        "'embedding(9, 4) lstm(33) layernorm dropout(0.3) skip dense(16, gelu) dense(2)', 3, 10, 9",
    })
    void floatGradientIsTheDoubleOneButForRounding(String text, int inputs, int steps, int rows) {
        Case c = new Case(Network.parse(text, inputs), steps, rows);

        double[] gradient = c.gradient(DataType.FLOAT);

        double[] expected = c.gradient(DataType.DOUBLE);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(Math.abs(gradient[i] - expected[i]))
                    .as("weight %d", i)
                    .isLessThanOrEqualTo(FLOAT_TOLERANCE * (1 + largest));
        }
    }

    /** Random numbers that floats can hold, a third of the steps masked. */
    private static final class Case {

        private final Network network;
        private final int steps;
        private final int rows;
        private final double[] weights;
        private final double[] inputs;
        private final double[] starts;
        private final Targets targets;

        Case(Network network, int steps, int rows) {
            this.network = network;
            this.steps = steps;
            this.rows = rows;
            Random random = new Random(17);
            this.weights = ReferenceNetwork.doubles(Weights.seeded(network, 17).values());
            this.inputs = ReferenceNetwork.doubles(normal(random, network.inputs() * n()));
            this.starts = ReferenceNetwork.doubles(normal(random, network.stateSize() * rows));
            if (network.layers().get(0) instanceof Embedding embedding) {
                int column = embedding.columnOf(network.inputs());
                for (int i = 0; i < n(); i++) {
                    int category = random.nextInt(embedding.categories());
                    this.inputs[i * network.inputs() + column] = category;
                }
            }
            float[] stepWeights = new float[n()];
            for (int i = 0; i < n(); i++) {
                stepWeights[i] = i % 3 == 1 ? 0 : 1 + random.nextInt(3);
            }
            this.targets = new Targets(normal(random, network.outputs() * n()), stepWeights);
        }

        private DropoutMasks masks() {
            return new DropoutMasks(17, 3, IntStream.range(0, rows).toArray());
        }

        private int n() {
            return steps * rows;
        }

        private static float[] normal(Random random, int size) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }

        double[] gradient(DataType precision) {
            LearningConfig config = new LearningConfig(steps, rows, 1, 1, 1);
            try (var learning = new TestingLearning(network, rows, precision, config)) {
                learning.load(weights);
                learning.drop(masks());
                learning.forward(inputs, starts);
                learning.backward(targets);
                return learning.gradient();
            }
        }

        /** Central difference quotient of fourth order. */
        double slope(int weight) {
            double near = loss(weight, DELTA) - loss(weight, -DELTA);
            double far = loss(weight, 2 * DELTA) - loss(weight, -2 * DELTA);
            return (8 * near - far) / (12 * DELTA);
        }

        private double loss(int weight, double delta) {
            double[] moved = weights.clone();
            moved[weight] += delta;
            double[] outputs =
                    new ReferenceNetwork(network, moved, masks())
                            .forward(steps, rows, inputs, starts)
                            .outputs();
            double sum = 0;
            double all = 0;
            for (int k = 0; k < outputs.length; k++) {
                double stepWeight = targets.weights()[k / network.outputs()];
                double error = outputs[k] - targets.labels()[k];
                sum += stepWeight * error * error;
                all += stepWeight;
            }
            return sum / all;
        }
    }
}
