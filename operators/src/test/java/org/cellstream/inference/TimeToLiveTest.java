package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are forgotten after a hundred milliseconds of event time. */
class TimeToLiveTest {

    private static final ForecasterSetup SETUP =
            ForecasterSetup.plain()
                    .sequence(
                            new SequenceConfig(
                                    SequenceConfig.plain().order(),
                                    0,
                                    GapConfig.none(),
                                    Duration.ofMillis(100),
                                    SequenceConfig.plain().weightsChange(),
                                    20));

    @Test
    void keyThatComesBackAfterItsTimeIsLikeOneNeverSeen() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 10, 2);
            forecaster.process("key", 111, 4);
            forecaster.process("key", 120, 8);
            forecaster.process("fresh", 111, 4);
            forecaster.process("fresh", 120, 8);
            forecaster.checkpoint();

            List<Forecast<String>> back = of(forecaster, "key").subList(2, 4);
            assertThat(forecaster.rejected()).isEmpty();
            assertThat(forecaster.late()).isEmpty();
            assertThat(back.get(0).cold()).isTrue();
            assertThat(back.get(0).step()).isEqualTo(1);
            assertThat(back.get(0).error()).isNaN();
            assertThat(back.get(0).persistenceError()).isNaN();
            assertThat(back).map(Object::toString).isEqualTo(asKey(of(forecaster, "fresh")));
            assertThat(forecaster.metrics().value("expiredKeys")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lstm(5) dense(1), false", "lstm(5) dense(1), true",
        "bidirectional(lstm(3)) dense(1), false", "bidirectional(lstm(3)) dense(1), true"
    })
    void sequenceThatIsOpenIsOverAfterItsKeysTime(String network, boolean swept) throws Exception {
        ModeConfig mode = ModeConfig.sequence(SequenceOutput.EVERY_STEP, 5);
        ForecasterSetup setup = SETUP.network(network).sequence(SETUP.sequence().mode(mode));
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process(Event.of("key", 0, 1).marked(Marks.NONE.start()));
            forecaster.process(Event.of("key", 10, 2));
            if (swept) {
                forecaster.eventWatermark(500);
                forecaster.checkpoint();
                sweep(forecaster);
            }
            forecaster.process(Event.of("key", 511, 4));
            forecaster.process(Event.of("key", 512, 5).marked(Marks.NONE.end()));
            for (String key : List.of("key", "fresh")) {
                forecaster.process(Event.of(key, 520, 4).marked(Marks.NONE.start()));
                forecaster.process(Event.of(key, 530, 8).marked(Marks.NONE.end()));
            }
            forecaster.end();

            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.SEQUENCE, Rejected.Cause.SEQUENCE);
            List<Forecast<String>> all = of(forecaster, "key");
            assertThat(all.subList(all.size() - 2, all.size()))
                    .map(Object::toString)
                    .isEqualTo(asKey(of(forecaster, "fresh")));
            assertThat(forecaster.metrics().value("sweptKeys")).isEqualTo(swept ? 1 : 0);
        }
    }

    private static void sweep(TestingForecaster forecaster) throws Exception {
        for (int slice = 0; slice < TestingForecaster.KEY_GROUPS + 2; slice++) {
            forecaster.checkpoint();
            forecaster.passMillis(10);
        }
    }

    @Test
    void keyThatComesBackJustInTimeGoesOn() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP);
                var without = TestingForecaster.start(ForecasterSetup.plain())) {
            for (var each : List.of(forecaster, without)) {
                each.process("key", 10, 2);
                each.process("key", 110, 4);
                each.checkpoint();
            }

            assertThat(forecaster.forecasts()).isEqualTo(without.forecasts());
            assertThat(forecaster.metrics().value("expiredKeys")).isZero();
        }
    }

    @Test
    void keysNeverExpireByDefault() throws Exception {
        try (var forecaster = TestingForecaster.start(ForecasterSetup.plain())) {
            forecaster.process("key", 0, 2);
            forecaster.process("key", Duration.ofDays(10_000).toMillis(), 4);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(1).step()).isEqualTo(2);
        }
    }

    @Test
    void expiryIsTheSameWhetherTheMemoryWasResidentEvictedOrRestored() throws Exception {
        ForecasterSetup evicting = SETUP.hardlyResident().onRocksDb();
        List<Forecast<String>> resident;
        List<Forecast<String>> evicted;
        List<Forecast<String>> restored;
        try (var forecaster = TestingForecaster.start(SETUP.maxRows(1))) {
            first(forecaster);
            resident = second(forecaster);
        }
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(evicting)) {
            first(forecaster);
            state = forecaster.checkpoint();
            evicted = second(forecaster);
        }

        try (var forecaster = TestingForecaster.restore(evicting, state)) {
            restored = second(forecaster);
        }

        assertThat(evicted).isEqualTo(resident);
        assertThat(restored).isEqualTo(resident.subList(4, resident.size()));
    }

    @Test
    void rejectedEventDoesNotEndTheTime() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 200, Double.NaN);
            forecaster.process("key", 90, 2);
            forecaster.checkpoint();

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.forecasts().get(1).step()).isEqualTo(2);
        }
    }

    @Test
    void orderThatWaitsOutlivesTheKey() throws Exception {
        float[] seed = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 0, 1);
            forecaster.control(Control.seed("key", Map.of("lstm", seed)).from(500));
            for (String key : List.of("key", "fresh")) {
                forecaster.process(key, 600, 2);
                forecaster.process(key, 601, 3);
            }
            forecaster.checkpoint();

            Forecast<String> back = of(forecaster, "key").get(1);
            assertThat(back.step()).isEqualTo(1);
            assertThat(back.cold()).isFalse();
            assertThat(of(forecaster, "key").get(2).values())
                    .isNotEqualTo(of(forecaster, "fresh").get(1).values());
        }
    }

    private static void first(TestingForecaster forecaster) throws Exception {
        forecaster.process("key-1", 0, 1);
        forecaster.process("key-2", 0, 2);
        forecaster.process("key-1", 50, 3);
        forecaster.process("key-2", 60, 4);
    }

    private static List<Forecast<String>> second(TestingForecaster forecaster) throws Exception {
        forecaster.process("key-1", 151, 5);
        forecaster.process("key-2", 160, 6);
        forecaster.process("key-1", 152, 7);
        forecaster.process("key-2", 161, 8);
        forecaster.checkpoint();
        return forecaster.forecasts();
    }

    private static List<Forecast<String>> of(TestingForecaster forecaster, String key) {
        return forecaster.forecasts().stream().filter(f -> f.key().equals(key)).toList();
    }

    private static List<String> asKey(List<Forecast<String>> forecasts) {
        return forecasts.stream().map(f -> f.toString().replace("fresh", "key")).toList();
    }
}
