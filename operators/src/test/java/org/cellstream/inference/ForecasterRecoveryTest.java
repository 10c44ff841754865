package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Restoring equals never having stopped, and rescaling changes nothing: to the last bit. */
class ForecasterRecoveryTest {

    private static final List<Event<String>> EVENTS = ForecastingOperatorTest.events(300, 20);

    static Stream<ForecasterSetup> setups() {
        ForecasterSetup plain = ForecasterSetup.plain();
        return Stream.of(
                plain,
                plain.onRocksDb(),
                plain.withObjectReuse(),
                plain.onRocksDb().withObjectReuse(),
                plain.network("lstm(4) lstm(3) dense(1)").onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoringEqualsNeverStopping(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> forecasts = new ArrayList<>();
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.weights(setup.weights(1));
            process(forecaster, EVENTS.subList(0, 150));
            state = forecaster.checkpoint();
            forecasts.addAll(forecaster.forecasts());
            process(forecaster, EVENTS.subList(150, 200)); // lost in the failure
        }

        try (var forecaster = TestingForecaster.restore(setup, state)) {
            process(forecaster, EVENTS.subList(150, 300));
            forecaster.checkpoint();
            forecasts.addAll(forecaster.forecasts());
        }

        assertThat(sorted(forecasts)).isEqualTo(sorted(undisturbed(setup)));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void rescalingChangesNothing(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> forecasts = new ArrayList<>();
        List<OperatorSubtaskState> states;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.weights(setup.weights(1));
            process(forecaster, EVENTS.subList(0, 100));
            states = List.of(forecaster.checkpoint());
            forecasts.addAll(forecaster.forecasts());
        }

        states = runAt(3, setup, states, EVENTS.subList(100, 200), forecasts);
        runAt(2, setup, states, EVENTS.subList(200, 300), forecasts);

        assertThat(sorted(forecasts)).isEqualTo(sorted(undisturbed(setup)));
    }

    @Test
    void weightsSurviveSwapThenRestoreAndRestoreThenSwap() throws Exception {
        ForecasterSetup setup = ForecasterSetup.plain();
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.weights(setup.weights(1));
            forecaster.weights(setup.weights(2));
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(setup, state)) {
            forecaster.process("key-1", 0, 1);
            forecaster.weights(setup.weights(3));
            forecaster.process("key-1", 1, 2);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void memoriesOfAnotherNetworkKeepTheirColumnsAndStartTheirStateCold() throws Exception {
        ForecasterSetup before = ForecasterSetup.plain().onRocksDb();
        ForecasterSetup after = before.network("lstm(3) dense(1)");
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            forecaster.process("key-1", 1, 4);
            forecaster.process("key-1", 2, 6);
            state = forecaster.checkpoint();
        }

        try (var restored = TestingForecaster.restore(after, state)) {
            restored.process("key-1", 3, 9);
            restored.checkpoint();

            Forecast<String> forecast = restored.forecasts().get(0);
            assertThat(forecast.cold()).isTrue();
            assertThat(forecast.step()).isEqualTo(3);
            assertThat(forecast.persistenceError()).isEqualTo(9.0 - 6.0);
        }
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
                    if (subtaskOf(event.key(), parallelism) == subtask) {
                        forecaster.process(event);
                    }
                }
                next.add(forecaster.checkpoint());
                forecasts.addAll(forecaster.forecasts());
            }
        }
        return next;
    }

    private static int subtaskOf(String key, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, TestingForecaster.KEY_GROUPS, parallelism);
    }

    private static List<Forecast<String>> undisturbed(ForecasterSetup setup) {
        PlainForecaster plain = new PlainForecaster(setup);
        plain.use(setup.weights(1));
        return EVENTS.stream().map(plain::forecast).toList();
    }

    private static void process(TestingForecaster forecaster, List<Event<String>> events)
            throws Exception {
        for (Event<String> event : events) {
            forecaster.process(event);
        }
    }

    private static List<Forecast<String>> sorted(List<Forecast<String>> forecasts) {
        Comparator<Forecast<String>> byKey = Comparator.comparing(Forecast::key);
        return forecasts.stream().sorted(byKey.thenComparing(Forecast::step)).toList();
    }
}
