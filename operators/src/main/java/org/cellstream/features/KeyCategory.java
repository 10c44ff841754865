package org.cellstream.features;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The bucket of a key, of some: the CRC-32 of the key's text in UTF-8, modulo their number. The
 * same in every JVM and elsewhere: in Python {@code zlib.crc32(key.encode()) % n}. Keys may share a
 * bucket.
 *
 * @param categories how many buckets there are, from 1 to {@link Category#MOST}
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2019.07.001">Salinas et al. 2020</a>, section
 *     3.3: an embedding of the item as input at every time step
 */
record KeyCategory(int categories) implements Transform {

    /** What stands for a key's text before it is brought to a bucket. */
    static double hash(Object key) {
        CRC32 crc = new CRC32();
        crc.update(key.toString().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return value % categories;
    }

    @Override
    public InputForm form() {
        return InputForm.INDEX;
    }

    @Override
    public boolean undoable() {
        return false;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        throw new IllegalStateException(this + " of a key cannot be undone");
    }

    /** The text that the grammar reads after {@code key}: {@code category(500)}. */
    @Override
    public String toString() {
        return "category(" + categories + ")";
    }
}
