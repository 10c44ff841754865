package org.cellstream.jobs.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.report.KeyErrors;

/**
 * The forecasts of a {@link ForecastStore} by key and step. A double stays beside the first of its
 * key and step.
 */
@Internal
public final class SortedForecasts {

    private static final int BUFFER = 1 << 16;

    private final ForecastStore store;
    private final List<String> names;
    private final int[] order;
    private final int[] ends;
    private long duplicates;

    /**
     * @param names of the keys, in order
     * @param order indices into the store, key by key, each key's in the order of arrival; sorted
     *     here
     * @param ends where in {@code order} key k starts, and at k + 1 where it ends
     */
    SortedForecasts(ForecastStore store, List<String> names, int[] order, int[] ends) {
        this.store = store;
        this.names = names;
        this.order = order;
        this.ends = ends;
        for (int key = 0; key < ends.length - 1; key++) {
            sort(ends[key], ends[key + 1]);
        }
    }

    private void sort(int from, int to) {
        boolean ascending = true;
        for (int i = from + 1; i < to; i++) {
            ascending &= store.step(order[i - 1]) <= store.step(order[i]);
        }
        if (!ascending) {
            int[] sorted =
                    Arrays.stream(order, from, to)
                            .boxed()
                            .sorted((a, b) -> Long.compare(store.step(a), store.step(b)))
                            .mapToInt(Integer::intValue)
                            .toArray();
            System.arraycopy(sorted, 0, order, from, sorted.length);
        }
        for (int i = from + 1; i < to; i++) {
            duplicates += repeats(i, from) ? 1 : 0;
        }
    }

    private boolean repeats(int i, int from) {
        return i > from && store.step(order[i]) == store.step(order[i - 1]);
    }

    /** Forecasts beyond the first of their key and step. */
    public long duplicates() {
        return duplicates;
    }

    /** Forecasts, each key and step once. */
    public long distinct() {
        return store.size() - duplicates;
    }

    /** Names of the keys, in order. */
    public List<String> names() {
        return names;
    }

    /**
     * Where in the store, by the order of arrival, the forecasts of a key are: in the order of
     * step, the first of each step alone.
     *
     * @param key its index among {@link #names}
     */
    public int[] indices(int key) {
        int from = ends[key];
        return IntStream.range(from, ends[key + 1])
                .filter(i -> !repeats(i, from))
                .map(i -> order[i])
                .toArray();
    }

    /** All event times, ascending, each once. */
    public long[] distinctTimes() {
        DistinctTimes times = new DistinctTimes();
        for (int i = 0; i < store.size(); i++) {
            times.add(store.time(i));
        }
        return times.ascending();
    }

    /** The errors of every key, the first forecast of each step alone. */
    public Iterable<KeyErrors> keys() {
        return () -> {
            Iterator<KeyErrors> keys =
                    IntStream.range(0, names.size()).mapToObj(this::errors).iterator();
            return keys;
        };
    }

    /**
     * The errors of one key, the first forecast of each step alone.
     *
     * @param key its index among {@link #names}
     */
    public KeyErrors errors(int key) {
        int[] once = indices(key);
        return new KeyErrors(
                Arrays.stream(once).mapToLong(store::time).toArray(),
                Arrays.stream(once).mapToDouble(store::error).toArray(),
                Arrays.stream(once).mapToDouble(store::persistenceError).toArray());
    }

    /**
     * Writes the JSON of all forecasts, doubles too, each followed by a line break.
     *
     * @return SHA-256 of what was written, in hexadecimal; two runs with the same one had the same
     *     forecasts to the last bit
     */
    public String write(OutputStream to) throws IOException {
        MessageDigest digest = Sha256.start();
        OutputStream out = new BufferedOutputStream(new DigestOutputStream(to, digest), BUFFER);
        store.copy(order, out);
        out.flush();
        return Sha256.end(digest);
    }
}
