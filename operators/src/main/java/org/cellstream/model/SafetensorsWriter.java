package org.cellstream.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files; the same content gives the same bytes. */
final class SafetensorsWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /** Replaces a file, but only by a whole one. */
    static void write(Safetensors content, Path file) throws IOException {
        WholeFile.write(
                file,
                part -> {
                    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                        write(content, out);
                    }
                });
    }

    private static void write(Safetensors content, OutputStream out) throws IOException {
        byte[] header = header(content);
        // Readers that map the file want floats at multiples of 8; blanks after JSON are allowed.
        int padding = Math.floorMod(-header.length, ALIGNMENT);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length + padding).array());
        out.write(header);
        out.write(" ".repeat(padding).getBytes(US_ASCII));
        ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : content.tensors()) {
            for (float value : tensor.values()) {
                out.write(number.putFloat(0, value).array());
            }
        }
    }

    private static byte[] header(Safetensors content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!content.metadata().isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (Map.Entry<String, String> e : new TreeMap<>(content.metadata()).entrySet()) {
                    json.writeStringField(e.getKey(), e.getValue());
                }
                json.writeEndObject();
            }
            long begin = 0;
            for (Tensor tensor : content.tensors()) {
                long end = begin + (long) Float.BYTES * tensor.values().length;
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", DataType.F32.name());
                json.writeArrayFieldStart("shape");
                for (int size : tensor.shape()) {
                    json.writeNumber(size);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("data_offsets");
                json.writeNumber(begin);
                json.writeNumber(end);
                json.writeEndArray();
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
