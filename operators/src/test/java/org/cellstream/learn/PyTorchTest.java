package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Minibatches in a row, with state carried on and Adam's moments growing, as PyTorch learns. */
class PyTorchTest {

    /** Both are float64; what is left is the order of sums. */
    private static final double DOUBLE_TOLERANCE = 1e-8;

    /** Times 1 + the largest value of the tensor: some hundred roundings of float32. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "lstm-dense.json, DOUBLE",
        "lstm-dense.json, FLOAT",
        "stacked.json, DOUBLE",
        "stacked.json, FLOAT",
        "layers.json, DOUBLE",
        "layers.json, FLOAT",
        "smooth.json, DOUBLE",
        "smooth.json, FLOAT",
        "bent.json, DOUBLE",
        "bent.json, FLOAT"
    })
    void everyMinibatchGivesWhatPyTorchGives(String file, DataType precision) throws IOException {
        PyTorchReference reference = PyTorchReference.read(file);
        Network network = reference.parsed();
        try (var learning =
                new TestingLearning(network, reference.rows(), precision, reference.config())) {
            learning.load(reference.firstWeights());
            double[] starts = reference.starts();

            for (PyTorchReference.Minibatch expected : reference.minibatches()) {
                learning.forward(expected.inputs(), starts);
                starts = learning.ends();
                double loss = learning.backward(expected.targets());
                double[] gradient = learning.gradient();
                double norm = learning.gradientNorm();
                learning.step();

                close(precision, "outputs", learning.outputs(), expected.outputs());
                close(precision, "ends", learning.ends(), expected.ends());
                close(precision, "loss", loss, expected.loss());
                closeByParameter(network, precision, gradient, expected.gradient());
                close(precision, "norm", norm, expected.gradientNorm());
                closeByParameter(network, precision, learning.weights(), expected.weights());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm-dense.json",
                "stacked.json",
                "layers.json",
                "smooth.json",
                "bent.json"
            })
    void learnerLearnsWhatPyTorchLearns(String file) throws IOException {
        PyTorchReference reference = PyTorchReference.read(file);
        Network network = reference.parsed();
        Weights first = new Weights(network, TestingLearning.floats(reference.firstWeights()));
        try (var learner = new Learner(network, reference.config(), LearnerState.fresh(first))) {
            float[][] starts = rows(reference, reference.starts());

            for (PyTorchReference.Minibatch expected : reference.minibatches()) {
                MinibatchResult result = learner.learn(windows(reference, expected, starts));
                starts = result.ends();

                assertThat(result.applied()).isTrue();
                close(DataType.FLOAT, "loss", result.loss(), expected.loss());
                close(DataType.FLOAT, "norm", result.gradientNorm(), expected.gradientNorm());
                close(DataType.FLOAT, "ends", flat(result.ends()), expected.ends());
                closeByParameter(
                        network, DataType.FLOAT, doubles(learner.weights()), expected.weights());
            }
        }
    }

    private static List<Window> windows(
            PyTorchReference reference, PyTorchReference.Minibatch minibatch, float[][] starts) {
        List<Window> windows = new ArrayList<>();
        for (int row = 0; row < reference.rows(); row++) {
            windows.add(
                    new Window(
                            ofRow(reference, row, minibatch.inputs()),
                            ofRow(reference, row, minibatch.labels()),
                            ofRow(reference, row, minibatch.stepWeights()),
                            starts[row],
                            Window.NO_PREVIOUS));
        }
        return windows;
    }

    private static float[] ofRow(PyTorchReference reference, int row, double[] all) {
        int width = all.length / reference.steps() / reference.rows();
        float[] values = new float[reference.steps() * width];
        for (int i = 0; i < values.length; i++) {
            int step = i / width;
            values[i] = (float) all[(step * reference.rows() + row) * width + i % width];
        }
        return values;
    }

    private static float[][] rows(PyTorchReference reference, double[] states) {
        int size = states.length / reference.rows();
        float[][] rows = new float[reference.rows()][];
        Arrays.setAll(
                rows,
                r -> TestingLearning.floats(Arrays.copyOfRange(states, r * size, (r + 1) * size)));
        return rows;
    }

    private static double[] flat(float[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(r -> Arrays.stream(doubles(r))).toArray();
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static void closeByParameter(
            Network network, DataType precision, double[] actual, double[] expected) {
        for (Parameter p : network.parameters().list()) {
            int from = network.parameters().offset(p.name());
            int to = from + p.size();
            close(
                    precision,
                    p.name(),
                    Arrays.copyOfRange(actual, from, to),
                    Arrays.copyOfRange(expected, from, to));
        }
    }

    private static void close(DataType precision, String what, double actual, double expected) {
        close(precision, what, new double[] {actual}, new double[] {expected});
    }

    private static void close(DataType precision, String what, double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double bound =
                precision == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE * (1 + largest);
        assertThat(actual).as(what).containsExactly(expected, within(bound));
    }
}
