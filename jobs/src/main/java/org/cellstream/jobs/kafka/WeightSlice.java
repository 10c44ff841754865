package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.event.Scores;
import org.jspecify.annotations.Nullable;

/**
 * A part of one version of the weights, as one record of the weights topic. All numbers are
 * little-endian:
 *
 * <pre>
 * int   magic "CSTW"          long  generation        int  slice        int  checksum of the whole, CRC32C
 * int   version of the format long  number            int  slices       int  bytes of the network's text, then the text
 *                                                     int  floats of the whole
 *                                                     int  first float  then the floats of this slice
 * </pre>
 *
 * @param generation generation of the version
 * @param number number of the version
 * @param network identity of the network they fit
 * @param slice which slice this is, from 0
 * @param slices how many there are
 * @param size floats of the whole
 * @param checksum CRC32C of all floats of the whole as they are written
 * @param first index of this slice's first float in the whole
 * @param values the floats of this slice
 * @param scores why the version was published, and how it did; null where the record does not say.
 *     It stands in a header, see {@link ScoresHeader}, so that the record's bytes are those that
 *     they always were
 * @param prior what is usual among keys, in another header, see {@link PriorHeader}; null where the
 *     record does not say
 */
@Internal
public record WeightSlice(
        long generation,
        long number,
        String network,
        int slice,
        int slices,
        int size,
        int checksum,
        int first,
        float[] values,
        @Nullable Scores scores,
        double @Nullable [] prior) {

    private static final int MAGIC = 0x57545343; // "CSTW" in little-endian order
    private static final int FORMAT = 1;
    private static final int NUMBERS_OF_HEADER = 2 * Long.BYTES + 8 * Integer.BYTES;

    /**
     * Versions whose records stay under compaction: a reader finds the last whole one while the
     * next is being written.
     */
    private static final int VERSIONS_KEPT = 4;

    /** The Flink type of slices. */
    public static TypeInformation<WeightSlice> type() {
        return Types.POJO(
                WeightSlice.class,
                Map.ofEntries(
                        Map.entry("generation", Types.LONG),
                        Map.entry("number", Types.LONG),
                        Map.entry("network", Types.STRING),
                        Map.entry("slice", Types.INT),
                        Map.entry("slices", Types.INT),
                        Map.entry("size", Types.INT),
                        Map.entry("checksum", Types.INT),
                        Map.entry("first", Types.INT),
                        Map.entry("values", Types.PRIMITIVE_ARRAY(Types.FLOAT)),
                        Map.entry("scores", Scores.type()),
                        Map.entry("prior", Types.PRIMITIVE_ARRAY(Types.DOUBLE))));
    }

    /** The Kafka key, as {@code 3/0}: number modulo 4, slice. */
    byte[] key() {
        String key = Math.floorMod(number, VERSIONS_KEPT) + "/" + slice;
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] encode() {
        byte[] text = network.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer =
                ByteBuffer.allocate(NUMBERS_OF_HEADER + text.length + Float.BYTES * values.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(MAGIC)
                        .putInt(FORMAT)
                        .putLong(generation)
                        .putLong(number)
                        .putInt(slice)
                        .putInt(slices)
                        .putInt(size)
                        .putInt(first)
                        .putInt(checksum)
                        .putInt(text.length)
                        .put(text);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    /**
     * Reads a slice, with what the record's header says.
     *
     * @throws IOException if the record holds no slice, or one of a format that is not known here
     */
    static WeightSlice decode(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return decode(record.value())
                .told(ScoresHeader.read(record.headers()), PriorHeader.read(record.headers()));
    }

    /**
     * Reads a slice.
     *
     * @throws IOException if the bytes are no slice, or one of a format that is not known here
     */
    static WeightSlice decode(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (buffer.getInt() != MAGIC) {
                throw new IOException("record is no slice of weights; one starts with CSTW");
            }
            int format = buffer.getInt();
            if (format != FORMAT) {
                throw new IOException(
                        "slice has format " + format + "; this reads format " + FORMAT);
            }
            return body(buffer);
        } catch (BufferUnderflowException e) {
            throw new IOException("slice of weights ends after " + bytes.length + " bytes", e);
        }
    }

    private static WeightSlice body(ByteBuffer buffer) throws IOException {
        long generation = buffer.getLong();
        long number = buffer.getLong();
        int slice = buffer.getInt();
        int slices = buffer.getInt();
        int size = buffer.getInt();
        int first = buffer.getInt();
        int checksum = buffer.getInt();
        String network = text(buffer);
        int floats = buffer.remaining() / Float.BYTES;
        boolean fits = first >= 0 && floats > 0 && floats <= size - first && slices <= size;
        if (slice < 0 || slice >= slices || !fits || buffer.remaining() % Float.BYTES != 0) {
            throw new IOException(
                    "slice %d of %d holds floats %d to %d of %d, %d bytes"
                            .formatted(
                                    slice,
                                    slices,
                                    first,
                                    first + (long) floats,
                                    size,
                                    buffer.remaining()));
        }
        return new WeightSlice(
                generation,
                number,
                network,
                slice,
                slices,
                size,
                checksum,
                first,
                floats(buffer, floats),
                null,
                null);
    }

    private static float[] floats(ByteBuffer buffer, int count) {
        float[] values = new float[count];
        buffer.asFloatBuffer().get(values);
        return values;
    }

    /** The same with what headers say. */
    private WeightSlice told(@Nullable Scores some, double @Nullable [] usual) {
        return new WeightSlice(
                generation,
                number,
                network,
                slice,
                slices,
                size,
                checksum,
                first,
                values,
                some,
                usual);
    }

    private static String text(ByteBuffer buffer) throws IOException {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IOException(
                    "slice names a network of %d bytes; it has %d"
                            .formatted(length, buffer.remaining()));
        }
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WeightSlice s
                && generation == s.generation
                && number == s.number
                && network.equals(s.network)
                && slice == s.slice
                && slices == s.slices
                && size == s.size
                && checksum == s.checksum
                && first == s.first
                && Arrays.equals(values, s.values)
                && Objects.equals(scores, s.scores)
                && Arrays.equals(prior, s.prior);
    }

    @Override
    public int hashCode() {
        return Objects.hash(generation, number, network, slice, checksum);
    }

    @Override
    public String toString() {
        return "WeightSlice[%d.%d for %s, slice %d of %d]"
                .formatted(generation, number, network, slice, slices);
    }
}
