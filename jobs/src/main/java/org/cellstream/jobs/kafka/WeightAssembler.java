package org.cellstream.jobs.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cellstream.event.WeightUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Puts slices together, in whatever order they come. Slices belong together only if they agree on
 * version, network, size, number of slices and checksum, so a version written twice with different
 * floats is two; and what they make must have the checksum they name.
 */
final class WeightAssembler {

    /**
     * Half versions kept. With slices in order there is one; more come of a topic with more than
     * one partition.
     */
    private static final int HALVES = 16;

    private final String network;
    private final int size;
    private final TreeMap<Version, WeightSlice[]> halves = new TreeMap<>();
    private @Nullable WeightUpdate newest;

    /** What slices of one version agree on. */
    private record Version(long generation, long number, int size, int slices, int checksum)
            implements Comparable<Version> {

        private static final Comparator<Version> ORDER =
                Comparator.comparingLong(Version::generation)
                        .thenComparingLong(Version::number)
                        .thenComparingInt(Version::checksum)
                        .thenComparingInt(Version::size)
                        .thenComparingInt(Version::slices);

        static Version of(WeightSlice slice) {
            return new Version(
                    slice.generation(),
                    slice.number(),
                    slice.size(),
                    slice.slices(),
                    slice.checksum());
        }

        boolean olderThan(WeightUpdate update) {
            return generation != update.generation()
                    ? generation < update.generation()
                    : number < update.number();
        }

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Wants the weights of one network; slices for others are passed over.
     *
     * @param network identity of the network
     * @param size floats of its weights
     */
    WeightAssembler(String network, int size) {
        this.network = network;
        this.size = size;
    }

    /**
     * Takes a slice. Returns the version that it made whole, unless a newer one is whole already.
     */
    @Nullable WeightUpdate add(WeightSlice slice) {
        Version version = Version.of(slice);
        boolean ours = slice.network().equals(network) && slice.size() == size;
        if (!ours || (newest != null && version.olderThan(newest))) {
            return null;
        }
        WeightSlice[] half = halves.computeIfAbsent(version, v -> new WeightSlice[v.slices]);
        half[slice.slice()] = slice;
        WeightUpdate whole = whole(version, half);
        if (whole != null) {
            newest = whole;
            halves.remove(version);
            halves.keySet().removeIf(v -> v.olderThan(whole));
        } else if (halves.size() > HALVES) {
            halves.pollFirstEntry();
        }
        return whole;
    }

    private @Nullable WeightUpdate whole(Version version, WeightSlice[] half) {
        if (Arrays.asList(half).contains(null)) {
            return null;
        }
        float[] values = new float[size];
        int floats = 0;
        for (WeightSlice slice : half) {
            System.arraycopy(slice.values(), 0, values, slice.first(), slice.values().length);
            floats += slice.values().length;
        }
        if (floats != size || WeightSlices.checksum(values) != version.checksum) {
            return null;
        }
        return new WeightUpdate(
                version.generation,
                version.number,
                network,
                WeightUpdate.AT_ARRIVAL,
                values,
                half[0].scores(),
                half[0].prior());
    }

    /** The newest whole version so far. */
    @Nullable WeightUpdate newest() {
        return newest;
    }

    /** The slices of half versions: with {@link #newest}, all that this object remembers. */
    List<WeightSlice> waiting() {
        List<WeightSlice> waiting = new ArrayList<>();
        for (Map.Entry<Version, WeightSlice[]> half : halves.entrySet()) {
            for (WeightSlice slice : half.getValue()) {
                if (slice != null) {
                    waiting.add(slice);
                }
            }
        }
        return waiting;
    }
}
