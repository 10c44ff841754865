package org.cellstream.jobs.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.report.ForecastLine;

/**
 * Forecasts in the order in which they came: their JSON in a file, their numbers in arrays, some 50
 * bytes of memory each. Once all are there, {@link #sorted} brings them into the order of key and
 * step.
 */
@Internal
public final class ForecastStore implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int START = 1 << 12;

    private final Path file;
    private final OutputStream out;
    private final Map<String, Integer> keyIds = new HashMap<>();
    private int size;
    private int[] keys = new int[START];
    private long[] steps = new long[START];
    private long[] times = new long[START];
    private long[] offsets = new long[START + 1];
    private double[] errors = new double[START];
    private double[] persistenceErrors = new double[START];
    private long firstWeights = Long.MAX_VALUE;
    private long lastWeights = Long.MIN_VALUE;

    /**
     * An empty store.
     *
     * @param file where the JSON goes; replaced
     */
    public ForecastStore(Path file) throws IOException {
        this.file = file;
        out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    }

    /** Adds a forecast; its JSON must hold no line break. */
    public void add(byte[] json) throws IOException {
        ForecastLine line = ForecastLine.parse(json);
        if (size == keys.length) {
            grow(size + size / 2);
        }
        keys[size] = keyIds.computeIfAbsent(line.key(), k -> keyIds.size());
        steps[size] = line.step();
        times[size] = line.time();
        errors[size] = line.error();
        persistenceErrors[size] = line.persistenceError();
        out.write(json);
        out.write('\n');
        offsets[size + 1] = offsets[size] + json.length + 1;
        firstWeights = Math.min(firstWeights, line.weightsNumber());
        lastWeights = Math.max(lastWeights, line.weightsNumber());
        size++;
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        steps = Arrays.copyOf(steps, capacity);
        times = Arrays.copyOf(times, capacity);
        offsets = Arrays.copyOf(offsets, capacity + 1);
        errors = Arrays.copyOf(errors, capacity);
        persistenceErrors = Arrays.copyOf(persistenceErrors, capacity);
    }

    /** How many were added. */
    public int size() {
        return size;
    }

    /** Smallest number of weights that made one of them; 0 without forecasts. */
    public long firstWeightsNumber() {
        return size == 0 ? 0 : firstWeights;
    }

    /** Largest number of weights that made one of them; 0 without forecasts. */
    public long lastWeightsNumber() {
        return size == 0 ? 0 : lastWeights;
    }

    long step(int index) {
        return steps[index];
    }

    long time(int index) {
        return times[index];
    }

    double error(int index) {
        return errors[index];
    }

    double persistenceError(int index) {
        return persistenceErrors[index];
    }

    /**
     * The order of key, by its characters, then step, then arrival. Nothing may be added while it
     * is in use.
     */
    public SortedForecasts sorted() throws IOException {
        out.flush();
        List<Map.Entry<String, Integer>> byName =
                keyIds.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        int[] rank = new int[byName.size()];
        for (int i = 0; i < rank.length; i++) {
            rank[byName.get(i).getValue()] = i;
        }
        int[] ends = new int[rank.length + 1];
        for (int i = 0; i < size; i++) {
            ends[rank[keys[i]] + 1]++;
        }
        for (int i = 0; i < rank.length; i++) {
            ends[i + 1] += ends[i];
        }
        int[] next = ends.clone();
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[rank[keys[i]]]++] = i;
        }
        return new SortedForecasts(
                this, byName.stream().map(Map.Entry::getKey).toList(), order, ends);
    }

    /** Writes the JSON of the forecasts {@code order} to {@code to}, each with its line break. */
    void copy(int[] order, OutputStream to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int index : order) {
                int length = (int) (offsets[index + 1] - offsets[index]);
                if (length > buffer.capacity()) {
                    buffer = ByteBuffer.allocate(2 * length);
                }
                buffer.clear().limit(length);
                while (buffer.hasRemaining()
                        && channel.read(buffer, offsets[index] + buffer.position()) >= 0) {
                    // Reads on until the forecast is whole.
                }
                to.write(buffer.array(), 0, length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
