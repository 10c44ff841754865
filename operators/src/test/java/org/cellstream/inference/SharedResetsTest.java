package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resets of all keys from an event time on, and what becomes of orders in checkpoints. */
class SharedResetsTest {

    private static final ForecasterSetup PLAIN =
            ForecasterSetup.plain().network("lstm(3) lstm(2) dense(1)");

    @Test
    void keyIsResetAtItsFirstEventAtOrAfterTheTimeAndOnce() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.control(Control.resetAll(5));
            for (long time : new long[] {3, 4, 5, 6}) {
                forecaster.process("at", time, 1);
            }
            for (long time : new long[] {3, 4, 9, 10}) {
                forecaster.process("after", time, 1);
            }
            forecaster.checkpoint();

            assertThat(since(forecaster, "at")).containsExactly(1L, 2L, 1L, 2L);
            assertThat(since(forecaster, "after")).containsExactly(1L, 2L, 1L, 2L);
            assertThat(forecaster.metrics().value("resetsByOrder")).isEqualTo(2);
            assertThat(forecaster.metrics().value("controlOrders")).isEqualTo(1);
        }
    }

    @Test
    void keyThatHasReachedTheTimeOrWasNeverSeenIsNotReset() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("at", 4, 1);
            forecaster.process("at", 5, 1);
            forecaster.process("after", 4, 1);
            forecaster.process("after", 6, 1);
            forecaster.control(Control.resetAll(5));
            forecaster.process("at", 7, 1);
            forecaster.process("after", 7, 1);
            forecaster.process("never", 7, 1);
            forecaster.process("never", 8, 1);
            forecaster.checkpoint();

            assertThat(since(forecaster, "at")).containsExactly(1L, 2L, 3L);
            assertThat(since(forecaster, "after")).containsExactly(1L, 2L, 3L);
            assertThat(since(forecaster, "never")).containsExactly(1L, 2L);
            assertThat(forecaster.metrics().value("resetsByOrder")).isZero();
        }
    }

    @Test
    void sameResetTwiceIsOneReset() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 4, 1);
            forecaster.control(Control.resetAll(5));
            forecaster.process("key", 5, 1);
            forecaster.control(Control.resetAll(5));
            forecaster.process("key", 6, 1);
            forecaster.checkpoint();

            assertThat(since(forecaster, "key")).containsExactly(1L, 1L, 2L);
            assertThat(forecaster.metrics().value("resetsByOrder")).isEqualTo(1);
        }
    }

    @Test
    void oneLayerOfAllKeysIsReset() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(3, 1);
        hand.event(4, 2);
        hand.zeros(0);
        Control<String> order =
                new Control<>(Action.RESET_LAYER, null, "lstm", 5, Map.of(), -1, -1);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 3, 1);
            forecaster.process("key", 4, 2);
            forecaster.control(order);
            forecaster.process("key", 6, 4);
            forecaster.process("key", 7, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(2).values()[0]).isEqualTo(hand.event(6, 4));
            assertThat(forecaster.forecasts().get(3).values()[0]).isEqualTo(hand.event(7, 5));
            assertThat(since(forecaster, "key")).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        Control.resetAll(Control.AT_ONCE),
                        "reset of all keys has no time; need the event time"),
                Arguments.of(forAll(Action.RESET_LAYER, "lstm_2"), "layer is lstm_2"),
                Arguments.of(forAll(Action.RESET, "lstm"), "reset has layer lstm"),
                Arguments.of(forAll(Action.SEED, null), "seed has no key"),
                Arguments.of(forAll(Action.REPORT, null), "report has no key"),
                Arguments.of(forAll(Action.FORGET, null), "forget has no key"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void orderThatCannotBeAboutAllKeysIsRejectedOnce(Control<String> order, String reason)
            throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 0, 1);
            state = forecaster.checkpoint();
        }
        List<Rejected> rejected = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var forecaster = TestingForecaster.rescaled(PLAIN, 2, subtask, List.of(state))) {
                forecaster.control(order);
                rejected.addAll(forecaster.rejected());
            }
        }

        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0).reason()).startsWith(reason);
        assertThat(rejected.get(0).cause()).isEqualTo(Rejected.Cause.CONTROL);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void ordersSurviveRestoringAndRescaling(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> undisturbed;
        try (var forecaster = TestingForecaster.start(setup)) {
            orders(forecaster, "key-0");
            for (Event<String> event : events()) {
                forecaster.process(event);
            }
            forecaster.checkpoint();
            undisturbed = forecaster.forecasts();
        }
        List<Forecast<String>> rescaled = new ArrayList<>();
        List<OperatorSubtaskState> states;
        try (var forecaster = TestingForecaster.start(setup)) {
            orders(forecaster, "key-0");
            for (Event<String> event : events().subList(0, 20)) {
                forecaster.process(event);
            }
            states = List.of(forecaster.checkpoint());
            rescaled.addAll(forecaster.forecasts());
        }
        states = runAt(3, setup, states, events().subList(20, 40), rescaled);
        runAt(2, setup, states, events().subList(40, 60), rescaled);

        assertThat(sorted(rescaled)).isEqualTo(sorted(undisturbed));
        assertThat(undisturbed).filteredOn(f -> f.stepsSinceReset() == 1).hasSize(11);
    }

    static Stream<ForecasterSetup> setups() {
        return Stream.of(PLAIN, PLAIN.onRocksDb(), PLAIN.hardlyResident().onRocksDb());
    }

    /** Five keys, twelve events each. */
    private static List<Event<String>> events() {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(Event.of("key-" + i % 5, i, Math.sin(i)));
        }
        return events;
    }

    private static void orders(TestingForecaster forecaster, String key) throws Exception {
        forecaster.control(Control.resetAll(50));
        forecaster.control(forAll(Action.RESET_LAYER, "lstm_1").from(25));
        forecaster.control(Control.reset(key).from(30));
        float[] seed = {1, 2, 3, 4};
        forecaster.control(Control.seed("key-1", Map.of("lstm_1", seed)).from(45));
    }

    private static List<OperatorSubtaskState> runAt(
            int parallelism,
            ForecasterSetup setup,
            List<OperatorSubtaskState> states,
            List<Event<String>> events,
            List<Forecast<String>> forecasts)
            throws Exception {
        List<OperatorSubtaskState> next = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            try (var forecaster = TestingForecaster.rescaled(setup, parallelism, subtask, states)) {
                for (Event<String> event : events) {
                    int home =
                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    event.key(), TestingForecaster.KEY_GROUPS, parallelism);
                    if (home == subtask) {
                        forecaster.process(event);
                    }
                }
                next.add(forecaster.checkpoint());
                forecasts.addAll(forecaster.forecasts());
            }
        }
        return next;
    }

    private static List<Forecast<String>> sorted(List<Forecast<String>> forecasts) {
        Comparator<Forecast<String>> byKey = Comparator.comparing(Forecast::key);
        return forecasts.stream().sorted(byKey.thenComparing(Forecast::step)).toList();
    }

    private static Control<String> forAll(Action action, @Nullable String layer) {
        return new Control<>(action, null, layer, 5, Map.of(), -1, -1);
    }

    private static List<Long> since(TestingForecaster forecaster, String key) {
        return forecaster.forecasts().stream()
                .filter(forecast -> forecast.key().equals(key))
                .map(Forecast::stepsSinceReset)
                .toList();
    }
}
