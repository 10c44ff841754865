package org.cellstream.jobs.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One protobuf message of ONNX, field by field; the numbers are those of onnx.proto. */
final class OnnxMessage {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private OnnxMessage put(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array took no bytes", e);
        }
        return this;
    }

    OnnxMessage number(int field, long value) {
        return put(() -> out.writeInt64(field, value));
    }

    OnnxMessage real(int field, float value) {
        return put(() -> out.writeFloat(field, value));
    }

    OnnxMessage text(int field, String value) {
        return put(() -> out.writeString(field, value));
    }

    OnnxMessage bytes(int field, byte[] value) {
        return put(() -> out.writeByteArray(field, value));
    }

    OnnxMessage message(int field, OnnxMessage value) {
        return put(() -> out.writeBytes(field, ByteString.copyFrom(value.toBytes())));
    }

    byte[] toBytes() {
        put(out::flush);
        return bytes.toByteArray();
    }
}
