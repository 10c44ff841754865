package org.cellstream.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cellstream.config.Horizons;
import org.cellstream.jobs.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HorizonErrorsTest {

    @TempDir Path folder;

    @Test
    void errorsAreThoseOfTheScoredTimesEachStepOnce() throws Exception {
        HorizonErrors errors = new HorizonErrors(new Horizons(List.of(1, 3)));
        Report report = new Report();
        try (ForecastStore store = new ForecastStore(folder.resolve("forecasts"))) {
            for (int step = 1; step <= 10; step++) {
                String far = step > 3 ? "-" + step : "null";
                add(store, errors, step, "[2.0," + far + "]", step > 3 ? "[1.0,4]" : "[1.0,null]");
            }
            add(store, errors, 10, "[9.0,9]", "[9.0,9]"); // once more

            errors.report(store, store.sorted(), report);
        }

        assertThat(report.toText())
                .isEqualToNormalizingWhitespace(
                        "maeAhead1 2.0 persistenceMaeAhead1 1.0 maeAhead3 7.0 persistenceMaeAhead3 4.0");
    }

    private static void add(
            ForecastStore store, HorizonErrors errors, int step, String far, String persistence)
            throws Exception {
        byte[] json =
                ("{\"key\":\"a\",\"time\":%d,\"step\":%d,\"experts\":[[1],2],\"horizonErrors\":%s,"
                                + "\"horizonPersistenceErrors\":%s}")
                        .formatted(step, step, far, persistence)
                        .getBytes(UTF_8);
        store.add(json);
        errors.add(json);
    }
}
