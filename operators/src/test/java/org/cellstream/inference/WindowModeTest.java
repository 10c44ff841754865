package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forecasts from windows of the last three events. */
class WindowModeTest {

    private static final int WINDOW = 3;

    private static final ForecasterSetup SETUP =
            ForecasterSetup.plain()
                    .sequence(SequenceConfig.plain().mode(ModeConfig.window(WINDOW)));

    static Stream<ForecasterSetup> setups() {
        return Stream.of(
                SETUP,
                SETUP.maxRows(1),
                SETUP.onRocksDb().hardlyResident(),
                SETUP.withObjectReuse(),
                SETUP.network("gru(3) lstm(4) dense(1)"));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void forecastIsThatOfTheLastEventsFromZeros(ForecasterSetup setup) throws Exception {
        List<Double> expected = new ArrayList<>();
        OneKeyByHand hand = new OneKeyByHand(setup);
        for (int i = 0; i < 7; i++) {
            hand.zeros();
            hand.lastInputs(WINDOW - 1).forEach(hand::step);
            expected.add(hand.event(i, value(i)));
        }

        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < 7; i++) {
                forecaster.process("key", i, value(i));
                forecaster.process("other", i, -value(i));
            }
            forecaster.end();

            assertThat(forecaster.forecasts())
                    .filteredOn(forecast -> forecast.key().equals("key"))
                    .extracting(forecast -> forecast.values()[0])
                    .containsExactlyElementsOf(expected);
        }
    }

    static double value(int i) {
        return Math.sin(3.0 * i) + i;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm(5) dense(1)", "bidirectional(lstm(3)) dense(1)"})
    void restoredJobGoesOnAsIfNeverStopped(String network) throws Exception {
        ForecasterSetup setup = SETUP.network(network);
        List<Forecast<String>> expected = run(setup, 0, 12);

        List<Forecast<String>> got = new ArrayList<>();
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(setup)) {
            process(forecaster, 0, 5);
            state = forecaster.checkpoint();
            got.addAll(forecaster.forecasts());
        }
        try (var forecaster = TestingForecaster.restore(setup.maxRows(1), state)) {
            process(forecaster, 5, 12);
            forecaster.end();
            got.addAll(forecaster.forecasts());
        }

        assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void rescalingChangesNothing() throws Exception {
        ForecasterSetup setup = SETUP.network("bidirectional(gru(3), merge=average) dense(1)");
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(setup)) {
            process(forecaster, 0, 5);
            state = forecaster.checkpoint();
        }
        List<Forecast<String>> expected;
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            process(forecaster, 5, 9);
            forecaster.end();
            expected = forecaster.forecasts();
        }

        List<Forecast<String>> got = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var forecaster = TestingForecaster.rescaled(setup, 3, subtask, List.of(state))) {
                for (int i = 5; i < 9; i++) {
                    for (String key : keysOf(subtask)) {
                        forecaster.process(key, i, value(i) + key.length());
                    }
                }
                forecaster.end();
                got.addAll(forecaster.forecasts());
            }
        }

        assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> keysOf(int subtask) {
        return Stream.of("a", "bb", "ccc", "dddd")
                .filter(
                        key ->
                                org.apache.flink.runtime.state.KeyGroupRangeAssignment
                                                .assignKeyToParallelOperator(
                                                        key, TestingForecaster.KEY_GROUPS, 3)
                                        == subtask)
                .toList();
    }

    private static void process(TestingForecaster forecaster, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            for (String key : List.of("a", "bb", "ccc", "dddd")) {
                forecaster.process(key, i, value(i) + key.length());
            }
        }
    }

    private static List<Forecast<String>> run(ForecasterSetup setup, int from, int to)
            throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            process(forecaster, from, to);
            forecaster.end();
            return List.copyOf(forecaster.forecasts());
        }
    }

    @Test
    void resetEmptiesTheWindow() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(SETUP);
        hand.event(0, 1);
        hand.event(1, 3);
        hand.zeros();
        double expected = hand.event(2, 2);

        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 3);
            forecaster.control(Control.reset("key"));
            forecaster.process("key", 2, 2);
            forecaster.end();

            Forecast<String> last = forecaster.forecasts().get(2);
            assertThat(last.values()).containsExactly(expected);
            assertThat(last.cold()).isTrue();
        }
    }

    @Test
    void reportShowsTheStateThatTheLastWindowEndedIn() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(SETUP);
        for (int i = 0; i < 5; i++) {
            hand.zeros();
            hand.lastInputs(WINDOW - 1).forEach(hand::step);
            hand.event(i, value(i));
        }

        try (var forecaster = TestingForecaster.start(SETUP)) {
            for (int i = 0; i < 5; i++) {
                forecaster.process("key", i, value(i));
            }
            forecaster.control(Control.report("key"));

            assertThat(forecaster.reports()).hasSize(1);
            assertThat(forecaster.reports().get(0).state().get("lstm"))
                    .containsExactly(hand.state());
        }
    }

    @Test
    void ordersAboutAStateThatGoesOnAreRefused() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 0, 1);
            forecaster.control(Control.seed("key", Map.of("lstm", new float[10])));
            forecaster.control(Control.resetLayer("key", "lstm"));

            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.CONTROL, Rejected.Cause.CONTROL);
            assertThat(forecaster.rejected().get(0).reason())
                    .contains("seed")
                    .contains("from zeros");
        }
    }

    @Test
    void gapThatResetsEmptiesTheWindow() throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(1), MissingSteps.MASK, 2);
        ForecasterSetup setup =
                SETUP.sequence(
                        new SequenceConfig(
                                EventOrder.ARRIVAL,
                                0,
                                gaps,
                                null,
                                WeightsChange.KEEP,
                                1,
                                ModeConfig.window(WINDOW)));
        OneKeyByHand hand = new OneKeyByHand(setup);
        hand.event(0, 1);
        hand.event(1, 3);
        hand.zeros();
        double expected = hand.event(9, 2);

        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 3);
            forecaster.process("key", 9, 2);
            forecaster.end();

            assertThat(forecaster.forecasts().get(2).values()).containsExactly(expected);
        }
    }

    @Test
    void keyGoesBackForAnEventThatCameLate() throws Exception {
        ForecasterSetup setup =
                SETUP.sequence(
                        new SequenceConfig(
                                EventOrder.ARRIVAL,
                                4,
                                GapConfig.none(),
                                null,
                                WeightsChange.KEEP,
                                1,
                                ModeConfig.window(WINDOW)));
        List<Forecast<String>> inOrder;
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < 6; i++) {
                forecaster.process("key", i, value(i));
            }
            forecaster.end();
            inOrder = List.copyOf(forecaster.forecasts());
        }

        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i : new int[] {0, 1, 2, 4, 3, 5}) {
                forecaster.process("key", i, value(i));
            }
            forecaster.end();

            List<Forecast<String>> late = forecaster.forecasts();
            assertThat(late).hasSize(7);
            assertThat(late.get(4)).isEqualTo(inOrder.get(3));
            assertThat(late.get(5)).isEqualTo(inOrder.get(4).withCorrection(true));
            assertThat(late.get(6)).isEqualTo(inOrder.get(5));
        }
    }

    @Test
    void maskedEventIsPassedOver() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP);
                var without = TestingForecaster.start(SETUP)) {
            for (int i = 0; i < 5; i++) {
                forecaster.process("key", i, value(i));
                without.process("key", i, value(i));
                forecaster.process(
                        Event.of("key", i, Double.NaN)
                                .marked(org.cellstream.event.Marks.NONE.mask()));
            }
            forecaster.end();
            without.end();

            assertThat(forecaster.forecasts()).isEqualTo(without.forecasts());
            assertThat(forecaster.rejected()).isEmpty();
            assertThat(forecaster.metrics().value("maskedEvents")).isEqualTo(5);
        }
    }
}
