package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.EventOrder;
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

    /** A pass over all key groups takes so many checkpoints, and one more for the last one. */
    private static final int SLICES = 32;

    private static final int MANY_GROUPS = 4 * SLICES;
    private static final int MANY_KEYS = 2_000;

    static Stream<ForecasterSetup> setups() {
        return setups(EventOrder.ARRIVAL);
    }

    static Stream<ForecasterSetup> setupsInOrder() {
        return setups(EventOrder.EVENT_TIME);
    }

    private static Stream<ForecasterSetup> setups(EventOrder order) {
        SequenceConfig plain = SequenceConfig.plain();
        ForecasterSetup setup =
                ForecasterSetup.plain()
                        .sequence(
                                new SequenceConfig(
                                        order,
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

    @ParameterizedTest
    @MethodSource("setups")
    void oneCheckpointSweepsASliceOfTheKeyGroupsAndAllOfThemEveryGroup(ForecasterSetup setup)
            throws Exception {
        List<String> keys = IntStream.range(0, MANY_KEYS).mapToObj(i -> "key-" + i).toList();
        try (var forecaster = TestingForecaster.start(setup.hardlyResident(), MANY_GROUPS)) {
            for (String key : keys) {
                forecaster.process(key, 0, 1);
            }
            forecaster.process("alive", 2 * TIME_TO_LIVE, 1); // the one that is resident
            forecaster.eventWatermark(3 * TIME_TO_LIVE);

            int perSlice = MANY_GROUPS / SLICES;
            for (int slice = 1; slice <= SLICES; slice++) {
                sweep(forecaster, 1);

                // Of the slice's last group it may have come to the first key only.
                assertThat(forecaster.metrics().value("sweptKeys"))
                        .isBetween(
                                below(slice * perSlice - 1, keys), below(slice * perSlice, keys));
            }

            sweep(forecaster, 1);
            assertThat(forecaster.metrics().value("sweptKeys")).isEqualTo(MANY_KEYS);
            assertThat(forecaster.stored("alive")).isNotNull();
        }
    }

    /** How many of some keys fall into the first {@code groups} key groups. */
    private static double below(int groups, List<String> keys) {
        return keys.stream()
                .filter(key -> KeyGroupRangeAssignment.assignToKeyGroup(key, MANY_GROUPS) < groups)
                .count();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void keyForWhichAnOrderWaitsIsSpared(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("key", 0, 1);
            forecaster.control(
                    Control.seed("key", Map.of("lstm", new float[10])).from(5 * TIME_TO_LIVE));
            forecaster.process("alive", 4 * TIME_TO_LIVE, 1);
            forecaster.eventWatermark(4 * TIME_TO_LIVE);

            sweep(forecaster);

            assertThat(forecaster.metrics().value("sweptKeys")).isZero();
            forecaster.process("key", 6 * TIME_TO_LIVE, 2);
            forecaster.checkpoint();
            Forecast<String> back = forecaster.forecasts().get(2);
            assertThat(back.key()).isEqualTo("key");
            assertThat(back.stepsSinceReset()).isEqualTo(2); // the seed counts for one
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void keyThatCameBackSinceItWasWrittenIsSpared(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup.maxRows(1))) {
            forecaster.process("key", 0, 1);
            forecaster.eventWatermark(2 * TIME_TO_LIVE + 1);
            for (int slice = 0; slice < ALL_SLICES; slice++) {
                forecaster.checkpoint();
                if (slice == 0) {
                    forecaster.process("key", 2 * TIME_TO_LIVE, 2);
                }
                forecaster.passMillis(10);

                assertThat(forecaster.metrics().value("sweptKeys")).isZero();
                assertThat(forecaster.stored("key")).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("setupsInOrder")
    void heldEventsOutliveTheMemoryOfTheirKey(ForecasterSetup setup) throws Exception {
        OperatorSubtaskState swept;
        OperatorSubtaskState never;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("key", 0, 1);
            forecaster.eventWatermark(0);
            forecaster.process("key", 6 * TIME_TO_LIVE, 2);
            forecaster.process("key", 6 * TIME_TO_LIVE + 1, 3);
            forecaster.eventWatermark(4 * TIME_TO_LIVE);
            never = forecaster.checkpoint();
            sweep(forecaster);
            assertThat(forecaster.metrics().value("sweptKeys")).isEqualTo(1);
            swept = forecaster.checkpoint();
        }

        List<Forecast<String>> forecasts = released(setup, swept);

        assertThat(forecasts).hasSize(2).isEqualTo(released(setup, never));
    }

    private static List<Forecast<String>> released(
            ForecasterSetup setup, OperatorSubtaskState state) throws Exception {
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            forecaster.eventWatermark(7 * TIME_TO_LIVE);
            return forecaster.forecasts();
        }
    }

    private static void processAll(TestingForecaster forecaster, long time) throws Exception {
        for (int key = 0; key < KEYS; key++) {
            forecaster.process("key-" + key, time, key);
        }
    }

    private static void sweep(TestingForecaster forecaster) throws Exception {
        sweep(forecaster, ALL_SLICES);
    }

    private static void sweep(TestingForecaster forecaster, int slices) throws Exception {
        for (int slice = 0; slice < slices; slice++) {
            forecaster.checkpoint();
            forecaster.passMillis(10);
        }
    }
}
