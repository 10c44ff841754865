package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Late events that a key goes back for. */
class LateRewindTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void forecastsEqualThoseOfARunThatHadTheEventInPlace(int late) throws Exception {
        try (var forecaster = TestingForecaster.start(with(8))) {
            for (int i = 0; i < 8; i++) {
                if (i != late) {
                    event(forecaster, i);
                }
            }
            event(forecaster, late);
            forecaster.process("other", 0, 1);
            event(forecaster, 8);
            forecaster.checkpoint();

            List<Forecast<String>> corrections = corrections(forecaster);
            assertThat(forecaster.late()).isEmpty();
            assertThat(corrections).extracting(Forecast::time).isEqualTo(times(late + 1, 8));
            assertThat(latest(forecaster)).isEqualTo(undisturbed(9));
            assertThat(forecaster.metrics().value("corrections")).isEqualTo(7 - late);
            assertThat(forecaster.metrics().value("late")).isZero();
        }
    }

    @Test
    void keyThatWasForgottenGoesNotBackToBeforeThat() throws Exception {
        SequenceConfig plain = SequenceConfig.plain();
        ForecasterSetup setup =
                ForecasterSetup.plain()
                        .sequence(
                                new SequenceConfig(
                                        plain.order(),
                                        4,
                                        GapConfig.none(),
                                        Duration.ofSeconds(1),
                                        plain.weightsChange(),
                                        plain.rerunSteps()));
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i <= 10; i++) {
                forecaster.process("key", 10L * i, i % 3);
            }
            forecaster.process("key", 10_000, 1);
            forecaster.process("key", 10_010, 2);

            forecaster.process("key", 55, 2);
            forecaster.process("key", 10_005, 2);
            forecaster.checkpoint();

            assertThat(forecaster.late()).extracting(Event::time).containsExactly(55L);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::time, Forecast::step)
                    .endsWith(tuple(10_005L, 2L), tuple(10_010L, 3L));
        }
    }

    @Test
    void seedIsNotGoneBackOverWhereTheWayBackWasTurnedOnLater() throws Exception {
        float[] half = new float[10];
        Arrays.fill(half, 0.5f);
        ForecasterSetup off = ForecasterSetup.plain();
        try (var forecaster = TestingForecaster.start(off)) {
            forecaster.control(Control.seed("key", Map.of("lstm", half)));
            OperatorSubtaskState state = forecaster.checkpoint();

            try (var on = TestingForecaster.restore(rewinding(off, 4), state)) {
                on.process("key", 10, 1);
                on.process("key", 5, 2);
                on.checkpoint();

                assertThat(on.late()).extracting(Event::time).containsExactly(5L);
            }
        }
    }

    @Test
    void wayBackOfAnotherPrecisionIsRounded() throws Exception {
        ForecasterSetup exact = rewinding(ForecasterSetup.plain(), 4);
        MemoryConfig memory = exact.memory();
        ForecasterSetup rounded =
                exact.memory(
                        new MemoryConfig(
                                memory.residentSize(),
                                memory.residentKeys(),
                                MemoryPrecision.BFLOAT16,
                                memory.stateLimit()));
        try (var before = TestingForecaster.start(exact)) {
            for (int i = 0; i <= 3; i++) {
                before.process("key", 10L * i, i % 3);
            }
            OperatorSubtaskState state = before.checkpoint();

            try (var late = TestingForecaster.restore(rounded, state);
                    var inOrder = TestingForecaster.restore(rounded, state)) {
                late.process("key", 50, 2);
                late.process("key", 40, 1);
                late.checkpoint();
                inOrder.process("key", 40, 1);
                inOrder.checkpoint();

                assertThat(late.forecasts().get(1)).isEqualTo(inOrder.forecasts().get(0));
            }
        }
    }

    private static ForecasterSetup rewinding(ForecasterSetup setup, int steps) {
        SequenceConfig plain = SequenceConfig.plain();
        return setup.sequence(
                new SequenceConfig(
                        plain.order(),
                        steps,
                        GapConfig.none(),
                        null,
                        plain.weightsChange(),
                        plain.rerunSteps()));
    }

    @Test
    void forecastOfTheLateEventItselfIsNoCorrection() throws Exception {
        try (var forecaster = TestingForecaster.start(with(8))) {
            event(forecaster, 0);
            event(forecaster, 2);
            event(forecaster, 1);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::time)
                    .containsExactly(0L, 20L, 10L, 20L);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::correction)
                    .containsExactly(false, false, false, true);
        }
    }

    @Test
    void lateEventComesAfterThoseOfItsTimeThatCameBefore() throws Exception {
        try (var forecaster = TestingForecaster.start(with(8));
                var undisturbed = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 10, 2);
            forecaster.process("key", 20, 3);
            forecaster.process("key", 10, 4);
            forecaster.checkpoint();
            undisturbed.process("key", 0, 1);
            undisturbed.process("key", 10, 2);
            undisturbed.process("key", 10, 4);
            undisturbed.process("key", 20, 3);
            undisturbed.checkpoint();

            List<Forecast<String>> forecasts = forecaster.forecasts();
            assertThat(forecasts.get(3)).isEqualTo(undisturbed.forecasts().get(2));
            assertThat(forecasts.get(4).withCorrection(false))
                    .isEqualTo(undisturbed.forecasts().get(3));
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void manyLateEventsEqualInOrderWithFailuresBetween(ForecasterSetup setup) throws Exception {
        Map<Long, Forecast<String>> latest = new LinkedHashMap<>();
        OperatorSubtaskState state = null;
        int[] order = {0, 2, 1, 5, 4, 3, 6, 9, 8, 7, 10, 12, 11, 14, 13, 15};
        for (int from = 0; from < order.length; from += 4) {
            try (var forecaster =
                    state == null
                            ? TestingForecaster.start(setup)
                            : TestingForecaster.restore(setup, state)) {
                for (int i = from; i < from + 4; i++) {
                    event(forecaster, order[i]);
                    forecaster.process("other-" + i % 3, i, i);
                }
                state = forecaster.checkpoint();
                latest.putAll(byTime(forecaster));
                assertThat(forecaster.late()).isEmpty();
            }
        }

        List<Forecast<String>> inOrder = new ArrayList<>();
        for (long time : times(0, 16)) {
            inOrder.add(latest.get(time));
        }
        assertThat(inOrder).isEqualTo(undisturbed(16));
    }

    static Stream<ForecasterSetup> setups() {
        return Stream.of(with(4), with(3).hardlyResident(), with(3).hardlyResident().onRocksDb());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void keyGoesBackOverAtLeastSoManyEventsAndAtMostTwice(int steps) throws Exception {
        for (int back = 1; back <= 3 * steps; back++) {
            try (var forecaster = TestingForecaster.start(with(steps))) {
                int events = 5 * steps;
                for (int i = 0; i < events; i++) {
                    event(forecaster, i);
                }
                Event<String> late = Event.of("key", 10L * (events - 1 - back) + 5, 3);
                forecaster.process(late);
                forecaster.checkpoint();

                if (back <= steps) {
                    assertThat(corrections(forecaster)).hasSize(back);
                } else if (back >= 2 * steps) {
                    assertThat(forecaster.late()).containsExactly(late);
                }
                assertThat(forecaster.late().size() + corrections(forecaster).size()).isPositive();
            }
        }
    }

    @Test
    void eventThatIsTooLateGoesToLateAndChangesNothing() throws Exception {
        try (var forecaster = TestingForecaster.start(with(2))) {
            for (int i = 1; i < 9; i++) {
                event(forecaster, i);
            }
            forecaster.control(Control.report("key"));
            event(forecaster, 0);
            forecaster.control(Control.report("key"));

            assertThat(forecaster.late()).containsExactly(Event.of("key", 0, value(0)));
            assertThat(forecaster.reports().get(1)).isEqualTo(forecaster.reports().get(0));
            assertThat(forecaster.metrics().value("late")).isEqualTo(1);
        }
    }

    @Test
    void lateEventThatIsRejectedChangesNothing() throws Exception {
        try (var forecaster = TestingForecaster.start(with(4));
                var undisturbed = TestingForecaster.start(with(4))) {
            for (var each : List.of(forecaster, undisturbed)) {
                event(each, 0);
                event(each, 2);
                if (each == forecaster) {
                    each.process("key", 10, Double.NaN);
                }
                event(each, 3);
                event(each, 1);
                each.checkpoint();
            }

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.forecasts()).isEqualTo(undisturbed.forecasts());
            assertThat(forecaster.stored("key")).isEqualTo(undisturbed.stored("key"));
        }
    }

    @Test
    void lateEventWhoseStepIsNotFiniteIsQuarantined() throws Exception {
        WeightUpdate update = PLAIN.weights(1);
        float[] values = update.values().clone();
        values[values.length - 1] = Float.NaN;
        try (var forecaster = TestingForecaster.start(with(4))) {
            event(forecaster, 0);
            event(forecaster, 2);
            forecaster.control(Control.report("key"));
            forecaster.weights(new WeightUpdate(1, 1, update.network(), update.epoch(), values));
            event(forecaster, 1);
            forecaster.control(Control.report("key"));

            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.NOT_FINITE);
            assertThat(forecaster.reports().get(1)).isEqualTo(forecaster.reports().get(0));
            assertThat(forecaster.metrics().value("quarantinedEvents")).isEqualTo(1);
        }
    }

    @Test
    void lateEventsGoToLateByDefault() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            event(forecaster, 1);
            event(forecaster, 0);
            forecaster.checkpoint();

            assertThat(forecaster.late()).hasSize(1);
            assertThat(corrections(forecaster)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "resetLayer", "seed"})
    void keyDoesNotGoBackOverAnOrder(String action) throws Exception {
        float[] seed = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        Control<String> order =
                switch (action) {
                    case "reset" -> Control.reset("key");
                    case "seed" -> Control.seed("key", Map.of("lstm", seed));
                    default -> Control.resetLayer("key", "lstm");
                };
        try (var forecaster = TestingForecaster.start(with(8));
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                event(each, 0);
                event(each, 2);
                each.control(order);
                if (each == forecaster) {
                    event(each, 4);
                    event(each, 1); // before the order
                    event(each, 3); // after it
                } else {
                    event(each, 3);
                    event(each, 4);
                }
                each.checkpoint();
            }

            assertThat(forecaster.late()).containsExactly(Event.of("key", 10, value(1)));
            assertThat(forecaster.forecasts().get(4).withCorrection(false))
                    .isEqualTo(undisturbed.forecasts().get(3));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {25, 30, 35, 40})
    void orderFromATimeIsCarriedOutAgainInItsPlace(long time) throws Exception {
        try (var forecaster = TestingForecaster.start(with(8));
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                event(each, 0);
                event(each, 2);
                each.control(Control.reset("key").from(time));
                if (each == forecaster) {
                    event(each, 4);
                    event(each, 3);
                } else {
                    event(each, 3);
                    event(each, 4);
                }
                each.checkpoint();
            }

            List<Forecast<String>> expected = undisturbed.forecasts();
            assertThat(forecaster.forecasts().get(3)).isEqualTo(expected.get(2));
            assertThat(forecaster.forecasts().get(4).withCorrection(false))
                    .isEqualTo(expected.get(3));
        }
    }

    @Test
    void seedOfAKeyNeverSeenIsNotLostWhenItGoesBackToItsFirstEvent() throws Exception {
        float[] seed = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        try (var forecaster = TestingForecaster.start(with(8));
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                each.control(Control.seed("key", Map.of("lstm", seed)));
                event(each, each == forecaster ? 1 : 0);
                event(each, each == forecaster ? 0 : 1);
                each.checkpoint();
            }

            assertThat(forecaster.late()).isEmpty();
            assertThat(forecaster.forecasts().get(2).withCorrection(false))
                    .isEqualTo(undisturbed.forecasts().get(1));
        }
    }

    @Test
    void resetOfAllKeysIsCarriedOutAgainInItsPlace() throws Exception {
        try (var forecaster = TestingForecaster.start(with(8));
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                event(each, 0);
                each.control(Control.resetAll(15));
                event(each, each == forecaster ? 3 : 2);
                event(each, each == forecaster ? 2 : 3);
                each.checkpoint();
            }

            assertThat(forecaster.forecasts().get(2)).isEqualTo(undisturbed.forecasts().get(1));
            assertThat(forecaster.forecasts().get(3).withCorrection(false))
                    .isEqualTo(undisturbed.forecasts().get(2));
        }
    }

    private static void event(TestingForecaster forecaster, int i) throws Exception {
        forecaster.process("key", 10L * i, value(i));
    }

    private static double value(int i) {
        return Math.sin(i) + i;
    }

    private static List<Long> times(int from, int to) {
        List<Long> times = new ArrayList<>();
        for (int i = from; i < to; i++) {
            times.add(10L * i);
        }
        return times;
    }

    private static List<Forecast<String>> undisturbed(int events) throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            for (int i = 0; i < events; i++) {
                event(forecaster, i);
            }
            forecaster.checkpoint();
            return forecaster.forecasts();
        }
    }

    private static List<Forecast<String>> corrections(TestingForecaster forecaster) {
        return forecaster.forecasts().stream().filter(Forecast::correction).toList();
    }

    /** The last forecast of each event time, the corrections as if they were none. */
    private static List<Forecast<String>> latest(TestingForecaster forecaster) {
        Map<Long, Forecast<String>> latest = byTime(forecaster);
        return latest.keySet().stream().sorted().map(latest::get).toList();
    }

    private static Map<Long, Forecast<String>> byTime(TestingForecaster forecaster) {
        Map<Long, Forecast<String>> latest = new LinkedHashMap<>();
        for (Forecast<String> forecast : forecaster.forecasts()) {
            if (forecast.key().equals("key")) {
                latest.put(forecast.time(), forecast.withCorrection(false));
            }
        }
        return latest;
    }

    private static ForecasterSetup with(int rewindSteps) {
        return PLAIN.sequence(
                new SequenceConfig(
                        SequenceConfig.plain().order(),
                        rewindSteps,
                        GapConfig.none(),
                        null,
                        WeightsChange.KEEP,
                        20));
    }
}
