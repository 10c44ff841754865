package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.cellstream.model.KeyedRunner;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {

    /** Both sum in floats, in other orders. */
    private static final float TOLERANCE = 1e-5f;

    private static final int STEPS = 20;

    @TempDir private Path folder;

    /** h and c of one call are those of the next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm(5) dense(2)",
                "lstm(5) lstm(4) dense(4, relu) dropout(0.1) dense(2)",
                "gru(5) dense(2)",
                "gru(5, reset=before) dense(2)"
            })
    void givesTheSameOutputsInOnnxRuntime(String words) throws Exception {
        Network network = Network.parse(words, 3);
        Weights weights = Weights.seeded(network, 3);
        Path file = folder.resolve("m.onnx");
        OnnxFile.write(weights, file);
        KeyedRunner ours = new KeyedRunner(weights);
        Random random = new Random(4);

        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString())) {
            Map<String, OnnxTensor> state = zeros(environment, session);
            for (int t = 0; t < STEPS; t++) {
                float[] x = {random.nextFloat() - 0.5f, random.nextFloat(), -random.nextFloat()};
                Map<String, OnnxTensor> inputs = new HashMap<>(state);
                inputs.put("x", tensor(environment, x));
                try (OrtSession.Result result = session.run(inputs)) {
                    float[] y = values(result, "y");
                    float[] expected = ours.step("a", x);
                    for (int i = 0; i < y.length; i++) {
                        assertThat(y[i]).isCloseTo(expected[i], within(TOLERANCE));
                    }
                    for (String name : state.keySet().toArray(new String[0])) {
                        String next = name.replaceAll("\\.(\\w+)$", ".next_$1");
                        state.put(name, tensor(environment, values(result, next)));
                    }
                }
            }
        }
    }

    private static Map<String, OnnxTensor> zeros(OrtEnvironment environment, OrtSession session)
            throws Exception {
        Map<String, OnnxTensor> state = new HashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!input.getKey().equals("x")) {
                long[] shape = ((TensorInfo) input.getValue().getInfo()).getShape();
                state.put(input.getKey(), tensor(environment, new float[(int) shape[2]]));
            }
        }
        return state;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, float[] values) throws Exception {
        return OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(values), new long[] {1, 1, values.length});
    }

    private static float[] values(OrtSession.Result result, String name) throws Exception {
        float[][][] all = (float[][][]) result.get(name).orElseThrow().getValue();
        return all[0][0].clone();
    }
}
