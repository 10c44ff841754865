package org.cellstream.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads one safetensors file, believing no length in it before it has been checked. */
final class SafetensorsReader {

    /** The format's own bound. */
    private static final int LONGEST_HEADER = 100_000_000;

    /** Of the heap: the header's bytes, text and entries take about ten times its length. */
    private static final int HEAP_PER_HEADER = 16;

    private static final int LENGTH_BYTES = 8;
    private static final int CHUNK = 1 << 16;
    private static final String KIND = "need a safetensors file";

    private final Path file;

    SafetensorsReader(Path file) {
        this.file = file;
    }

    Safetensors read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    file, "file", Files.exists(file) ? "is no plain file" : "does not exist");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int length = headerLength(channel, size);
            SafetensorsHeader header =
                    SafetensorsHeader.parse(file, text(channel, LENGTH_BYTES, length));
            long data = LENGTH_BYTES + (long) length;
            List<SafetensorsHeader.Entry> entries = new ArrayList<>(header.entries());
            entries.sort(
                    Comparator.comparingLong(SafetensorsHeader.Entry::begin)
                            .thenComparingLong(SafetensorsHeader.Entry::end));
            checkOffsets(entries, size - data);
            List<Tensor> tensors = new ArrayList<>();
            for (SafetensorsHeader.Entry entry : entries) {
                float[] values = floats(channel, data + entry.begin(), entry);
                tensors.add(new Tensor(entry.name(), entry.shape(), values));
            }
            return new Safetensors(header.metadata(), tensors);
        }
    }

    private int headerLength(FileChannel channel, long size) throws IOException {
        if (size < LENGTH_BYTES) {
            throw new ModelFormatException(
                    file, "header", "the file has %d bytes; %s".formatted(size, KIND));
        }
        long length = bytes(channel, 0, LENGTH_BYTES).getLong();
        long heap = Runtime.getRuntime().maxMemory() / HEAP_PER_HEADER;
        long most = Math.min(size - LENGTH_BYTES, Math.min(heap, LONGEST_HEADER));
        if (length < 2 || length > most) {
            throw new ModelFormatException(
                    file,
                    "header",
                    "its length is %s; %s, with 2 to %d here"
                            .formatted(Long.toUnsignedString(length), KIND, Math.max(2, most)));
        }
        return (int) length;
    }

    private String text(FileChannel channel, long at, int length) throws IOException {
        try {
            return UTF_8.newDecoder().decode(bytes(channel, at, length)).toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file, "header", "is no UTF-8 text; " + KIND, e);
        }
    }

    /** Tensors lie one after the other from the header to the end of the file. */
    private void checkOffsets(List<SafetensorsHeader.Entry> entries, long size)
            throws ModelFormatException {
        long floats = 0;
        long end = 0;
        for (SafetensorsHeader.Entry entry : entries) {
            if (entry.begin() != end || entry.end() > size) {
                throw new ModelFormatException(
                        file,
                        entry.place(),
                        "lies from byte %d to %d; need it to start at %d and to end by %d"
                                .formatted(entry.begin(), entry.end(), end, size));
            }
            end = entry.end();
            floats += (end - entry.begin()) / entry.type().bytes;
        }
        if (end != size) {
            throw new ModelFormatException(
                    file,
                    "end",
                    "%d bytes follow the header; its tensors take %d".formatted(size, end));
        }
        long most = Runtime.getRuntime().maxMemory() / (4 * Float.BYTES);
        if (floats > most) {
            throw new ModelFormatException(
                    file,
                    "header",
                    "it has %d floats; this JVM's heap takes %d, more with -Xmx"
                            .formatted(floats, most));
        }
    }

    private float[] floats(FileChannel channel, long start, SafetensorsHeader.Entry entry)
            throws IOException {
        DataType type = entry.type();
        float[] values = new float[(int) ((entry.end() - entry.begin()) / type.bytes)];
        int done = 0;
        while (done < values.length) {
            int count = Math.min(CHUNK, values.length - done);
            ByteBuffer part = bytes(channel, start + (long) done * type.bytes, count * type.bytes);
            for (int i = 0; i < count; i++) {
                values[done++] = type.read(part);
            }
        }
        return values;
    }

    private ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new ModelFormatException(
                        file,
                        "byte " + (at + bytes.position()),
                        "the file ends here; need " + bytes.remaining() + " bytes more");
            }
        }
        return bytes.flip();
    }
}
