package org.cellstream.jobs.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cellstream.config.Horizons;
import org.cellstream.jobs.report.Report;
import org.cellstream.jobs.report.ScoredTimes;

/** Errors of forecasts several events ahead, beside a {@link ForecastStore} and in its order. */
final class HorizonErrors {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Integer> horizons;

    /** Of each forecast its errors, then those of the targets that were there; empty if none. */
    private final List<double[]> errors = new ArrayList<>();

    HorizonErrors(Horizons horizons) {
        this.horizons = horizons.events();
    }

    /** Adds what a forecast says of the forecasts that were made for its event. */
    void add(byte[] json) throws IOException {
        if (horizons.isEmpty()) {
            return;
        }
        double[] read = new double[2 * horizons.size()];
        Arrays.fill(read, Double.NaN);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "horizonErrors" -> read(parser, read, 0);
                    case "horizonPersistenceErrors" -> read(parser, read, horizons.size());
                    default -> parser.skipChildren();
                }
            }
        }
        errors.add(read);
    }

    private void read(JsonParser parser, double[] into, int from) throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i < horizons.size() && parser.currentToken().isNumeric()) {
                into[from + i] = parser.getDoubleValue();
            }
        }
    }

    /**
     * Puts the mean absolute errors of every horizon over the scored times, the first forecast of
     * each step alone, beside those of repeating the target that was there.
     */
    void report(ForecastStore store, SortedForecasts sorted, Report report) {
        if (horizons.isEmpty()) {
            return;
        }
        double[] sums = new double[2 * horizons.size()];
        long[] counts = new long[horizons.size()];
        long after = ScoredTimes.last90(sorted.distinctTimes()).after();
        for (int key = 0; key < sorted.names().size(); key++) {
            for (int index : sorted.indices(key)) {
                if (store.time(index) > after) {
                    add(errors.get(index), sums, counts);
                }
            }
        }
        for (int i = 0; i < counts.length; i++) {
            report.put("maeAhead" + horizons.get(i), sums[i] / counts[i]);
            double persistence = sums[counts.length + i] / counts[i];
            report.put("persistenceMaeAhead" + horizons.get(i), persistence);
        }
    }

    private static void add(double[] read, double[] sums, long[] counts) {
        int horizons = counts.length;
        for (int i = 0; i < horizons; i++) {
            if (!Double.isNaN(read[i]) && !Double.isNaN(read[horizons + i])) {
                sums[i] += Math.abs(read[i]);
                sums[horizons + i] += Math.abs(read[horizons + i]);
                counts[i]++;
            }
        }
    }
}
