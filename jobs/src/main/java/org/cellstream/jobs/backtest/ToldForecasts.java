package org.cellstream.jobs.backtest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cellstream.jobs.replay.ForecastStore;
import org.cellstream.jobs.replay.SortedForecasts;

/**
 * All forecasts of a run, read from the files that {@link WriteForecasts} wrote: their JSON in a
 * store, and beside it, by the same index, the numbers that a comparison needs.
 */
final class ToldForecasts implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int START = 1 << 12;

    private final ForecastStore store;
    private final int experts;
    private double[] points = new double[START];
    private double[] lows = new double[START];
    private double[] highs = new double[START];
    private double[] anomalies = new double[START];

    /** By expert, then by index. */
    private final double[][] told;

    private ToldForecasts(ForecastStore store, int experts) {
        this.store = store;
        this.experts = experts;
        told = new double[experts][START];
    }

    /**
     * Reads all files of a folder.
     *
     * @param experts how many experts each forecast tells of
     * @param file where the JSON goes; replaced
     * @throws IOException if a file cannot be read, or a forecast tells of another number
     */
    static ToldForecasts read(Path folder, int experts, Path file) throws IOException {
        ToldForecasts forecasts = new ToldForecasts(new ForecastStore(file), experts);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.sorted().toList()) {
                forecasts.addAll(each);
            }
        } catch (IOException e) {
            forecasts.close();
            throw e;
        }
        return forecasts;
    }

    private void addAll(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            int length = nextLength(in);
            while (length >= 0) {
                add(in.readNBytes(length), in);
                length = nextLength(in);
            }
        }
    }

    /** How long the next JSON is; -1 at the end. */
    private static int nextLength(DataInputStream in) throws IOException {
        try {
            return in.readInt();
        } catch (EOFException end) {
            return -1;
        }
    }

    private void add(byte[] json, DataInputStream in) throws IOException {
        int index = store.size();
        if (index == points.length) {
            grow(index + index / 2);
        }
        store.add(json);
        points[index] = in.readDouble();
        lows[index] = in.readDouble();
        highs[index] = in.readDouble();
        anomalies[index] = in.readDouble();
        int count = in.readInt();
        if (count != experts) {
            throw new IOException(
                    "a forecast tells of %d experts; need %d".formatted(count, experts));
        }
        for (int i = 0; i < count; i++) {
            told[i][index] = in.readDouble();
        }
    }

    private void grow(int capacity) {
        points = Arrays.copyOf(points, capacity);
        lows = Arrays.copyOf(lows, capacity);
        highs = Arrays.copyOf(highs, capacity);
        anomalies = Arrays.copyOf(anomalies, capacity);
        for (int i = 0; i < experts; i++) {
            told[i] = Arrays.copyOf(told[i], capacity);
        }
    }

    ForecastStore store() {
        return store;
    }

    /**
     * One key's events and what was forecast for each.
     *
     * @param methods of the experts, in their order
     * @param last makes intervals around the last value
     */
    Series series(
            SortedForecasts sorted, int key, List<Method> methods, PersistenceIntervals last) {
        int[] indices = sorted.indices(key);
        SeriesBuilder builder = new SeriesBuilder(sorted.errors(key), gather(points, indices));
        for (int i = 0; i < experts; i++) {
            builder.expert(methods.get(i), gather(told[i], indices));
        }
        return builder.build(
                sorted.names().get(key),
                new Band(gather(lows, indices), gather(highs, indices)).next(),
                last,
                gather(anomalies, indices));
    }

    private static double[] gather(double[] values, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
