package org.cellstream.learn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.cellstream.config.LearningConfig;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** What PyTorch learnt, as the scripts beside the files stored it; they say the layouts. */
record PyTorchReference(
        String torch,
        String network,
        int inputs,
        int steps,
        int rows,
        double learningRate,
        double clipNorm,
        double[] firstWeights,
        double[] starts,
        @Nullable List<Integer> resets,
        List<Minibatch> minibatches) {

    record Minibatch(
            double[] inputs,
            double[] labels,
            double[] stepWeights,
            double[] outputs,
            double[] ends,
            double loss,
            double[] gradient,
            double gradientNorm,
            double[] weights) {

        Targets targets() {
            return new Targets(TestingLearning.floats(labels), TestingLearning.floats(stepWeights));
        }
    }

    static PyTorchReference read(String file) throws IOException {
        try (InputStream in = PyTorchReference.class.getResourceAsStream(file)) {
            return new ObjectMapper()
                    .readValue(Objects.requireNonNull(in, file), PyTorchReference.class);
        }
    }

    /**
     * Where minibatch {@code index} starts: zeros if there is a reset, else where the last ended.
     */
    double[] starts(int index, double[] ends) {
        return resets != null && resets.contains(index) ? new double[ends.length] : ends;
    }

    Network parsed() {
        return Network.parse(network, inputs);
    }

    LearningConfig config() {
        return new LearningConfig(steps, rows, 1, learningRate, clipNorm);
    }
}
