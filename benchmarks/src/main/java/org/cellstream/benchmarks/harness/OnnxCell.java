package org.cellstream.benchmarks.harness;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cellstream.jobs.model.OnnxFile;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/**
 * ONNX Runtime on the file that our export writes. Inputs and outputs are buffers outside of the
 * heap that are made once, the fastest way it has.
 */
final class OnnxCell implements PeerCell {

    private static final String X = "x";
    private static final String Y = "y";

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final FloatBuffer x;
    private final FloatBuffer y = buffer(1);
    private final FloatBuffer h;
    private final FloatBuffer c;
    private final FloatBuffer nextH;
    private final FloatBuffer nextC;
    private final int hidden;

    OnnxCell(String text, int numbers, int hidden) throws OrtException, IOException {
        this.hidden = hidden;
        x = buffer(numbers);
        h = buffer(hidden);
        c = buffer(hidden);
        nextH = buffer(hidden);
        nextC = buffer(hidden);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        session = session(environment, text, numbers);
        inputs.put(X, OnnxTensor.createTensor(environment, x, new long[] {1, 1, numbers}));
        outputs.put(Y, OnnxTensor.createTensor(environment, y, new long[] {1, 1, 1}));
        long[] shape = {1, 1, hidden};
        for (String name : session.getInputNames()) {
            if (!name.equals(X)) {
                FloatBuffer state = name.endsWith(".h") ? h : c;
                inputs.put(name, OnnxTensor.createTensor(environment, state, shape));
            }
        }
        for (String name : session.getOutputNames()) {
            if (!name.equals(Y)) {
                FloatBuffer state = name.endsWith(".next_h") ? nextH : nextC;
                outputs.put(name, OnnxTensor.createTensor(environment, state, shape));
            }
        }
    }

    private static OrtSession session(OrtEnvironment environment, String text, int numbers)
            throws OrtException, IOException {
        Path file = Files.createTempFile("cell", ".onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            Weights weights = Weights.seeded(Network.parse(text, numbers), 1);
            OnnxFile.write(file, new ModelFile(weights, Map.of()), file);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return environment.createSession(file.toString(), options);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public float step(double[] numbers, float[] state) throws OrtException {
        for (int i = 0; i < numbers.length; i++) {
            x.put(i, (float) numbers[i]);
        }
        h.put(0, state, 0, hidden);
        c.put(0, state, hidden, hidden);
        session.run(inputs, outputs).close();
        nextH.get(0, state, 0, hidden);
        nextC.get(0, state, hidden, hidden);
        return y.get(0);
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close: " + e.getMessage(), e);
        }
    }
}
