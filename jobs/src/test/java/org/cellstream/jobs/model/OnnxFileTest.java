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
import org.cellstream.model.ModelFile;
import org.cellstream.model.WindowRunner;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written, run by ONNX Runtime. */
class OnnxFileTest {

    /** Times 1 + the value: both sum in floats, in other orders. */
    private static final float TOLERANCE = 1e-5f;

    private static final int INPUTS = 3;
    private static final int STEPS = 7;
    private static final int ROWS = 2;

    @TempDir private Path folder;
    private Path file;
    private final Random random = new Random(4);

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("m.onnx");
    }

    /** Three calls in a row, each from the states that the last one gave, and one from zeros. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm(5) dense(2)",
                "lstm(5) lstm(4) dense(4, relu) dropout(0.1) dense(2)",
                "lstm(5, projection=2) dense(2)",
                "lstm(5, activation=relu, recurrent-activation=hard_sigmoid(0.2)) dense(2)",
                "lstm(5, projection=3, activation=softsign)",
                "gru(5) gru(4) dense(2)",
                "gru(5, reset=before) dense(2)",
                "gru(5, activation=elu(0.5)) gru(4, reset=before, recurrent-activation=tanh)",
                "embedding(4, 3) lstm(5) dense(2)",
                "embedding(4, 3, column=1) gru(5) dense(2)",
                "layernorm lstm(5) layernorm(eps=0.001) dense(2)",
                "lstm(5) skip dense(4, tanh) skip dense(2)",
                "dense(4, relu) dense(4, leaky_relu) dense(4, leaky_relu(0.2)) dense(4, elu)",
                "dense(4, elu(0.5)) dense(4, selu) dense(4, gelu) dense(4, gelu_tanh)",
                "dense(4, tanh) dense(4, sigmoid) dense(4, hard_sigmoid) dense(4, softplus)",
                "dense(4, hard_sigmoid(0.2)) dense(4, softsign) dense(4, swish)",
                "dense(4, exponential) dense(4, linear) dense(4, softmax)",
            })
    void givesTheSameOutputsInOnnxRuntime(String words) throws Exception {
        Weights weights = weights(words);
        write(weights, Map.of());
        KeyedRunner ours = new KeyedRunner(weights);

        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString())) {
            Map<String, OnnxTensor> state = Map.of();
            for (int call = 0; call < 4; call++) {
                if (call == 0 || call == 3) {
                    state = zeros(environment, session);
                    for (int row = 0; row < ROWS; row++) {
                        ours.reset("row " + row);
                    }
                }
                float[] x = inputs();
                Map<String, OnnxTensor> inputs = new HashMap<>(state);
                inputs.put("x", tensor(environment, x, STEPS, ROWS, INPUTS));
                try (OrtSession.Result result = session.run(inputs)) {
                    float[][][] y = values(result, "y");
                    for (int i = 0; i < STEPS * ROWS; i++) {
                        float[] step = new float[INPUTS];
                        System.arraycopy(x, i * INPUTS, step, 0, INPUTS);
                        float[] expected = ours.step("row " + i % ROWS, step);
                        assertClose(y[i / ROWS][i % ROWS], expected);
                    }
                    state = next(environment, state, result);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bidirectional(lstm(5)) dense(2)",
                "bidirectional(gru(5), merge=sum) bidirectional(gru(4, reset=before), merge=average)",
                "bidirectional(lstm(5, projection=2), merge=multiply) dense(2)",
                "bidirectional(gru(5, activation=relu)) bidirectional(lstm(4, activation=softsign))",
            })
    void readsBothWaysInOnnxRuntime(String words) throws Exception {
        Weights weights = weights(words);
        write(weights, Map.of());
        float[] x = inputs();

        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString());
                OrtSession.Result result =
                        session.run(Map.of("x", tensor(environment, x, STEPS, ROWS, INPUTS)))) {
            float[][][] y = values(result, "y");
            for (int row = 0; row < ROWS; row++) {
                float[] sequence = new float[STEPS * INPUTS];
                for (int t = 0; t < STEPS; t++) {
                    int from = (t * ROWS + row) * INPUTS;
                    System.arraycopy(x, from, sequence, t * INPUTS, INPUTS);
                }
                float[] expected = new WindowRunner(weights).run(STEPS, sequence);
                for (int i = 0; i < expected.length; i++) {
                    int outputs = expected.length / STEPS;
                    float actual = y[i / outputs][row][i % outputs];
                    assertClose(new float[] {actual}, new float[] {expected[i]});
                }
            }
        }
    }

    private void write(Weights weights, Map<String, String> metadata) throws Exception {
        OnnxFile.write(folder, new ModelFile(weights, metadata), file);
    }

    /** Means that are large against the spread: 32-bit floats would lose the difference. */
    @ParameterizedTest
    @ValueSource(strings = {"lstm(5) skip dense(2)", "embedding(4, 3, column=1) lstm(5) dense(2)"})
    void standardisesItsInputsAsPredictDoes(String words) throws Exception {
        Weights weights = weights(words);
        String text = "{\"mean\": [1234567.1, 0, -3], \"scale\": [0.3, 1, -2.5]}";
        Map<String, String> metadata = Map.of("standardisation", text);
        Standardisation predicts = Standardisation.of(folder, metadata, INPUTS);
        KeyedRunner ours = new KeyedRunner(weights);
        write(weights, metadata);
        float[] x = inputs();
        for (int i = 0; i < x.length; i += INPUTS) {
            x[i] += 1234567;
        }

        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString())) {
            Map<String, OnnxTensor> inputs = new HashMap<>(zeros(environment, session));
            inputs.put("x", tensor(environment, x, STEPS, ROWS, INPUTS));
            try (OrtSession.Result result = session.run(inputs)) {
                float[][][] y = values(result, "y");
                for (int i = 0; i < STEPS * ROWS; i++) {
                    float[] step = new float[INPUTS];
                    for (int k = 0; k < INPUTS; k++) {
                        step[k] = (float) predicts.of(k, x[i * INPUTS + k]);
                    }
                    float[] expected = ours.step("row " + i % ROWS, step);
                    assertClose(y[i / ROWS][i % ROWS], expected);
                }
            }
        }
    }

    /** Seeded, but for biases, which would be 0. */
    private Weights weights(String words) {
        Network network = Network.parse(words, INPUTS);
        float[] values = Weights.seeded(network, 3).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (random.nextFloat() - 0.5f) / 4;
        }
        return new Weights(network, values);
    }

    /** Numbers that an embedding takes for categories, and others fit too. */
    private float[] inputs() {
        float[] x = new float[STEPS * ROWS * INPUTS];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % INPUTS == 0 ? random.nextFloat() - 0.5f : random.nextInt(4);
        }
        return x;
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            float tolerance = TOLERANCE * (1 + Math.abs(expected[i]));
            assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static Map<String, OnnxTensor> zeros(OrtEnvironment environment, OrtSession session)
            throws Exception {
        Map<String, OnnxTensor> state = new HashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!input.getKey().equals("x")) {
                long[] shape = ((TensorInfo) input.getValue().getInfo()).getShape();
                int width = (int) shape[2];
                float[] zeros = new float[ROWS * width];
                state.put(input.getKey(), tensor(environment, zeros, 1, ROWS, width));
            }
        }
        return state;
    }

    private static Map<String, OnnxTensor> next(
            OrtEnvironment environment, Map<String, OnnxTensor> state, OrtSession.Result result)
            throws Exception {
        Map<String, OnnxTensor> next = new HashMap<>();
        for (String name : state.keySet()) {
            float[][] rows = values(result, name.replaceAll("\\.(\\w+)$", ".next_$1"))[0];
            int width = rows[0].length;
            float[] flat = new float[ROWS * width];
            for (int row = 0; row < ROWS; row++) {
                System.arraycopy(rows[row], 0, flat, row * width, width);
            }
            next.put(name, tensor(environment, flat, 1, ROWS, width));
        }
        return next;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, float[] values, long... shape)
            throws Exception {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    private static float[][][] values(OrtSession.Result result, String name) throws Exception {
        return (float[][][]) result.get(name).orElseThrow().getValue();
    }
}
