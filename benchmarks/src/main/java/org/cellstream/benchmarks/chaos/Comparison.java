package org.cellstream.benchmarks.chaos;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the forecasts of a run differ from what they should be.
 *
 * @param lost events without a forecast
 * @param duplicates forecasts of an event that had one already
 * @param different forecasts whose bytes are not those of the undisturbed run
 * @param disordered forecasts that come after one of a later event of their key
 */
record Comparison(long lost, long duplicates, long different, long disordered) {

    /**
     * Compares a run with an undisturbed one over the same events.
     *
     * @param count how many events there were
     */
    static Comparison of(EventStream events, long count, ForecastLog run, ForecastLog undisturbed) {
        Comparison sum = new Comparison(0, 0, 0, 0);
        long forecastsOfKnownKeys = 0;
        for (int key = 0; key < Math.min(events.keys(), count); key++) {
            String name = events.key(key);
            long steps = (count - key + events.keys() - 1) / events.keys();
            sum = sum.plus(ofKey(steps, run.of(name), undisturbed.of(name)));
            forecastsOfKnownKeys += run.of(name).size();
        }
        long ofNobody = run.size() - forecastsOfKnownKeys;
        return sum.plus(new Comparison(0, 0, ofNobody, 0));
    }

    /**
     * @param steps how many events the key had
     */
    static Comparison ofKey(
            long steps, List<ForecastLog.Entry> run, List<ForecastLog.Entry> undisturbed) {
        Map<Long, byte[]> expected = new HashMap<>();
        undisturbed.forEach(entry -> expected.put(entry.step(), entry.json()));
        Map<Long, byte[]> found = new HashMap<>();
        long duplicates = 0;
        long different = 0;
        long disordered = 0;
        long last = 0;
        for (ForecastLog.Entry entry : run) {
            if (found.putIfAbsent(entry.step(), entry.json()) != null) {
                duplicates++;
                continue;
            }
            if (!Arrays.equals(entry.json(), expected.get(entry.step()))) {
                different++;
            }
            if (entry.step() < last) {
                disordered++;
            }
            last = entry.step();
        }
        long lost = 0;
        for (long step = 1; step <= steps; step++) {
            if (!found.containsKey(step)) {
                lost++;
            }
        }
        return new Comparison(lost, duplicates, different, disordered);
    }

    private Comparison plus(Comparison other) {
        return new Comparison(
                lost + other.lost,
                duplicates + other.duplicates,
                different + other.different,
                disordered + other.disordered);
    }

    boolean isClean() {
        return lost == 0 && duplicates == 0 && different == 0 && disordered == 0;
    }
}
