package org.cellstream.benchmarks.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.jobs.model.OnnxFile;
import org.cellstream.model.ModelFile;

/**
 * ONNX Runtime on one thread, on the file that our own export writes. Inputs and outputs are
 * tensors over buffers outside the heap, made once: outputs are bound to the buffers that the next
 * call reads, in turns, so that no call copies or allocates one.
 */
final class OnnxStep implements StepSystem {

    private final OrtSession session;
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> inputs =
            List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    private final List<Map<String, OnnxTensor>> outputs =
            List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    private final FloatBuffer[] hidden = new FloatBuffer[2];
    private int next;

    OnnxStep(StepCell cell) {
        try {
            session = session(cell);
            OnnxTensor x = tensor(buffer(cell.inputs()), 1, cell.batch(), StepCell.INPUTS);
            String layer = cell.kind().layer();
            for (int i = 0; i < 2; i++) {
                inputs.get(i).put("x", x);
            }
            for (String part :
                    cell.kind() == StepCell.Kind.LSTM ? List.of("h", "c") : List.of("h")) {
                for (int i = 0; i < 2; i++) {
                    FloatBuffer state = buffer(new float[cell.batch() * cell.hidden()]);
                    OnnxTensor tensor = tensor(state, 1, cell.batch(), cell.hidden());
                    outputs.get(i).put(layer + ".next_" + part, tensor);
                    inputs.get(1 - i).put(layer + "." + part, tensor);
                    if (part.equals("h")) {
                        hidden[i] = state;
                    }
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take " + cell, e);
        }
    }

    private static OrtSession session(StepCell cell) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            Path file = Files.createTempFile("cellstream-", ".onnx");
            try {
                ModelFile model = new ModelFile(StepCell.weights(cell.network()), Map.of());
                OnnxFile.write(file, model, file);
                return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no file of " + cell, e);
        }
    }

    private OnnxTensor tensor(FloatBuffer values, long... shape) throws OrtException {
        OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
        tensors.add(tensor);
        return tensor;
    }

    private static FloatBuffer buffer(float[] values) {
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(Float.BYTES * values.length)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        buffer.put(values).rewind();
        return buffer;
    }

    @Override
    public void call() {
        try {
            session.run(inputs.get(next), outputs.get(next)).close(); // outputs stay ours
            next = 1 - next;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot step", e);
        }
    }

    @Override
    public float[] hidden() {
        FloatBuffer last = hidden[1 - next].duplicate().rewind();
        float[] values = new float[last.remaining()];
        last.get(values);
        return values;
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a session", e);
        }
    }
}
