package org.cellstream.jobs.kafka;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.cellstream.event.WeightUpdate;

/** Cuts weights into slices that fit into Kafka's records. */
final class WeightSlices {

    /**
     * Half a megabyte of floats; Kafka's producers and brokers take a megabyte unless told
     * otherwise.
     */
    static final int FLOATS = (512 << 10) / Float.BYTES;

    private WeightSlices() {}

    static List<WeightSlice> cut(WeightUpdate update) {
        return cut(update, FLOATS);
    }

    /**
     * Slices of {@code floats} floats each, the last one of what is left; none for weights that are
     * unchanged.
     */
    static List<WeightSlice> cut(WeightUpdate update, int floats) {
        float[] all = update.values();
        int checksum = checksum(all);
        int slices = (all.length + floats - 1) / floats;
        List<WeightSlice> cut = new ArrayList<>(slices);
        for (int slice = 0; slice < slices; slice++) {
            int first = slice * floats;
            float[] values = Arrays.copyOfRange(all, first, Math.min(first + floats, all.length));
            cut.add(
                    new WeightSlice(
                            update.generation(),
                            update.number(),
                            update.network(),
                            slice,
                            slices,
                            all.length,
                            checksum,
                            first,
                            values,
                            update.scores(),
                            update.prior()));
        }
        return cut;
    }

    /** CRC32C of the floats' little-endian bytes. */
    static int checksum(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
