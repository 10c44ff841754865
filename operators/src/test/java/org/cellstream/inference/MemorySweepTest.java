package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Space of keys that outlived their time to live is given back, slice by slice. */
class MemorySweepTest {

    private static final int KEYS = 40;
    private static final int ALL_SLICES = TestingForecaster.KEY_GROUPS + 2;
    private static final long TIME_TO_LIVE = 100;

    static Stream<ForecasterSetup> setups() {
        SequenceConfig plain = SequenceConfig.plain();
        ForecasterSetup setup =
                ForecasterSetup.plain()
                        .sequence(
                                new SequenceConfig(
                                        plain.order(),
                                        plain.rewindSteps(),
                                        GapConfig.none(),
                                        Duration.ofMillis(TIME_TO_LIVE),
                                        plain.weightsChange(),
                                        CellstreamOptions.WEIGHTS_RERUN_STEPS.defaultValue()));
        return Stream.of(
                setup,
                setup.onRocksDb(),
                setup.hardlyResident(),
                setup.hardlyResident().onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void givesBackKeysThatNoEventCouldBringBack(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            processAll(forecaster, 0);
            forecaster.process("alive", 2 * TIME_TO_LIVE, 1);
            forecaster.eventWatermark(2 * TIME_TO_LIVE + KEYS);

            sweep(forecaster);

            assertThat(forecaster.metrics().value("sweptKeys")).isEqualTo(KEYS);
            forecaster.control(Control.report("alive"));
            forecaster.control(Control.report("key-0"));
            assertThat(forecaster.reports().get(0).step()).isEqualTo(1);
            assertThat(forecaster.reports().get(1).step()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void isNotHeldUpByKeysThatNoTimeSaysAnythingAbout(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("rejected", 0, Double.NaN);
            forecaster.control(Control.report("unknown"));
            forecaster.process("ahead", 4_000_000_000_000L, 1);
            forecaster.control(Control.seed("seeded", Map.of("lstm", new float[10])));
            processAll(forecaster, 0);
            forecaster.eventWatermark(2 * TIME_TO_LIVE + KEYS);

            sweep(forecaster);

            assertThat(forecaster.metrics().value("sweptKeys")).isEqualTo(KEYS);
            forecaster.control(Control.report("seeded"));
            assertThat(forecaster.reports().get(1).stepsSinceReset()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void leavesKeysThatAnEventMayStillBringBack(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            processAll(forecaster, KEYS);
            forecaster.eventWatermark(2 * TIME_TO_LIVE + KEYS);

            sweep(forecaster);

            assertThat(forecaster.metrics().value("sweptKeys")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void changesNoForecast(ForecasterSetup setup) throws Exception {
        try (var swept = TestingForecaster.start(setup);
                var never = TestingForecaster.start(setup)) {
            processAll(swept, 0);
            processAll(never, 0);
            swept.eventWatermark(10 * TIME_TO_LIVE);
            sweep(swept);
            processAll(swept, 20 * TIME_TO_LIVE);
            processAll(never, 20 * TIME_TO_LIVE);
            swept.checkpoint();
            never.checkpoint();

            assertThat(swept.metrics().value("sweptKeys")).isEqualTo(KEYS);
            assertThat(swept.forecasts())
                    .hasSize(2 * KEYS)
                    .containsExactlyInAnyOrderElementsOf(never.forecasts());
            assertThat(swept.forecasts()).extracting(Forecast::cold).containsOnly(true);
        }
    }

    private static void processAll(TestingForecaster forecaster, long time) throws Exception {
        for (int key = 0; key < KEYS; key++) {
            forecaster.process("key-" + key, time, key);
        }
    }

    private static void sweep(TestingForecaster forecaster) throws Exception {
        for (int slice = 0; slice < ALL_SLICES; slice++) {
            forecaster.checkpoint();
            forecaster.passMillis(10);
        }
    }
}
