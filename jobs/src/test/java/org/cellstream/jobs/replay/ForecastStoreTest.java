package org.cellstream.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.jobs.report.KeyErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastStoreTest {

    @TempDir private Path folder;

    @Test
    void bringsForecastsIntoTheOrderOfKeyAndStep() throws IOException {
        try (ForecastStore store = store(json("b", 1), json("a", 2), json("b", 2), json("a", 1))) {
            assertThat(written(store.sorted()))
                    .isEqualTo(
                            String.join(
                                            "\n",
                                            json("a", 1),
                                            json("a", 2),
                                            json("b", 1),
                                            json("b", 2))
                                    + "\n");
        }
    }

    @Test
    void hasTheSameHashHoweverTheForecastsCame() throws IOException {
        String first = hash(json("b", 1), json("a", 1), json("a", 2));

        String second = hash(json("a", 2), json("b", 1), json("a", 1));

        assertThat(second).isEqualTo(first);
        assertThat(hash(json("a", 1), json("b", 1))).isNotEqualTo(first);
    }

    @Test
    void countsDoublesAndScoresThemOnce() throws IOException {
        try (ForecastStore store = store(json("a", 1), json("a", 2), json("a", 1))) {
            SortedForecasts sorted = store.sorted();

            List<KeyErrors> keys = new ArrayList<>();
            sorted.keys().forEach(keys::add);
            assertThat(sorted.duplicates()).isEqualTo(1);
            assertThat(keys).hasSize(1);
            assertThat(keys.get(0).times()).containsExactly(10, 20);
            assertThat(keys.get(0).errors()).containsExactly(1, 2);
        }
    }

    @Test
    void holdsMoreForecastsThanItStartsWithRoomFor() throws IOException {
        String[] many = new String[10_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = json("k" + i % 7, 1 + i / 7);
        }

        try (ForecastStore store = store(many)) {
            SortedForecasts sorted = store.sorted();

            assertThat(store.size()).isEqualTo(10_000);
            assertThat(sorted.duplicates()).isZero();
            assertThat(sorted.distinctTimes()).hasSize(1429).startsWith(10, 20).endsWith(14_290);
            assertThat(written(sorted))
                    .hasLineCount(10_000)
                    .startsWith(json("k0", 1) + "\n" + json("k0", 2));
        }
    }

    @Test
    void knowsTheFirstAndLastWeights() throws IOException {
        try (ForecastStore store = store(json("a", 5), json("a", 2));
                ForecastStore empty = new ForecastStore(folder.resolve("empty"))) {
            assertThat(store.firstWeightsNumber()).isEqualTo(2);
            assertThat(store.lastWeightsNumber()).isEqualTo(5);
            assertThat(empty.lastWeightsNumber()).isZero();
        }
    }

    private String hash(String... forecasts) throws IOException {
        try (ForecastStore store = store(forecasts)) {
            return store.sorted().write(new ByteArrayOutputStream());
        }
    }

    private static String written(SortedForecasts sorted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sorted.write(bytes);
        return bytes.toString(UTF_8);
    }

    private ForecastStore store(String... forecasts) throws IOException {
        ForecastStore store = new ForecastStore(folder.resolve("forecasts"));
        for (String forecast : forecasts) {
            store.add(forecast.getBytes(UTF_8));
        }
        return store;
    }

    private static String json(String key, int step) {
        return """
        {"key":"%s","time":%d,"step":%d,"weightsNumber":%d,"error":%d.0,"persistenceError":1.0}\
        """
                .formatted(key, 10 * step, step, step, step);
    }
}
