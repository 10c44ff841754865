package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stays of a key's memory when the network or the columns of its job change. */
class ChangedJobTest {

    private static final ForecasterSetup A =
            ForecasterSetup.plain().network("lstm(3) lstm(2) dense(1)");
    private static final ForecasterSetup B = A.network("lstm(3) lstm(4) dense(1)");
    private static final ForecasterSetup C = A.network("lstm(3) dense(1)");

    static Stream<ForecasterSetup> backends() {
        return Stream.of(A, A.onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keptLayerGoesOnAndChangedLayerStartsCold(ForecasterSetup before) throws Exception {
        ForecasterSetup after = before.network(B.network());
        float[] old;
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
            old = forecaster.stored("key").state();
        }

        try (var forecaster = TestingForecaster.restore(after, state)) {
            forecaster.control(Control.report("key"));
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            Map<String, float[]> kept = forecaster.reports().get(0).state();
            OneKeyByHand hand = new OneKeyByHand(after);
            for (int i = 0; i < 4; i++) {
                hand.event(i, Math.sin(i));
            }
            hand.zeros();
            System.arraycopy(old, 0, hand.state(), 0, 6);
            assertThat(kept.get("lstm")).isEqualTo(Arrays.copyOf(old, 6));
            assertThat(kept.get("lstm_1")).containsOnly(0).hasSize(8);
            assertThat(forecaster.forecasts().get(0).values()[0])
                    .isEqualTo(hand.event(4, Math.sin(4)));
            assertThat(forecaster.forecasts().get(0).step()).isEqualTo(5);
            assertThat(forecaster.forecasts().get(0).stepsSinceReset()).isEqualTo(5);
            assertThat(forecaster.metrics().value("adoptedMemories")).isEqualTo(1);
            assertThat(forecaster.metrics().value("unknownMemories")).isZero();
        }
    }

    @Test
    void layersWhoseStateIsNotTwoOfASizeGoOnWhereTheyFit() throws Exception {
        ForecasterSetup before = A.network("gru(3) lstm(4, projection=2) gru(2) dense(1)");
        ForecasterSetup after =
                A.network("gru(3) lstm(4, projection=2) gru(2, reset=before) dense(1)");
        float[] old;
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
            old = forecaster.stored("key").state();
        }

        try (var forecaster = TestingForecaster.restore(after, state)) {
            forecaster.control(Control.report("key"));
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            Map<String, float[]> kept = forecaster.reports().get(0).state();
            assertThat(old).hasSize(3 + 2 + 4 + 2).doesNotContain(0);
            assertThat(kept.get("gru")).isEqualTo(Arrays.copyOf(old, 3));
            assertThat(kept.get("lstm")).isEqualTo(Arrays.copyOfRange(old, 3, 9));
            assertThat(kept.get("gru_1")).containsExactly(0, 0);
            assertThat(forecaster.metrics().value("adoptedMemories")).isEqualTo(1);
        }
    }

    @Test
    void layersThatDropOtherSharesGoOn() throws Exception {
        ForecasterSetup before = A.network("lstm(3, dropout=0.2) gru(2) dense(1)");
        ForecasterSetup after = A.network("lstm(3) gru(2, recurrent-dropout=0.1) dense(1)");
        float[] old;
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
            old = forecaster.stored("key").state();
        }

        try (var forecaster = TestingForecaster.restore(after, state)) {
            forecaster.control(Control.report("key"));
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            Map<String, float[]> kept = forecaster.reports().get(0).state();
            assertThat(kept.get("lstm")).isEqualTo(Arrays.copyOf(old, 6));
            assertThat(kept.get("gru")).isEqualTo(Arrays.copyOfRange(old, 6, 8));
        }
    }

    @Test
    void keptColumnsKeepTheirStatistics() throws Exception {
        ForecasterSetup before = A.columns("value, change=value|diff");
        ForecasterSetup after = A.columns("value, lagged=value|lag(1), change=value|diff");
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(after, state)) {
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            Forecast<String> forecast = forecaster.forecasts().get(0);
            assertThat(forecast.persistenceError()).isEqualTo(Math.sin(4) - Math.sin(3));
            assertThat(forecast.step()).isEqualTo(5);
            // The first layer has another number of inputs, so it starts cold; the upper goes on.
            assertThat(forecast.cold()).isFalse();
            assertThat(forecaster.metrics().value("adoptedMemories")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forecastOfAnotherTargetIsNotScored(ForecasterSetup before) throws Exception {
        ForecasterSetup after = before.columns("value=value|abs, change=value|diff");
        OperatorSubtaskState state = fourEvents(before);

        try (var forecaster = TestingForecaster.restore(after, state)) {
            events(forecaster, "key", 4, 6);
            forecaster.checkpoint();

            Forecast<String> first = forecaster.forecasts().get(0);
            Forecast<String> second = forecaster.forecasts().get(1);
            assertThat(first.step()).isEqualTo(5);
            assertThat(first.error()).isNaN();
            assertThat(first.persistenceError()).isNaN();
            assertThat(second.error()).isFinite();
            assertThat(forecaster.metrics().value("absoluteErrorSum"))
                    .isEqualTo(Math.abs(second.error()));
        }
    }

    @Test
    void forecastOfTheSameTargetIsScoredWhateverTheOtherColumnsAre() throws Exception {
        double expected;
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(A)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
            expected = Math.sin(4) - forecaster.forecasts().get(3).values()[0];
        }

        try (var forecaster =
                TestingForecaster.restore(A.columns("value, size=value|abs"), state)) {
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).error()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void inputsOfOtherColumnsAreNotRunAgain(ForecasterSetup plain) throws Exception {
        ForecasterSetup before = plain.sequence(sequence(GapConfig.none(), WeightsChange.RERUN, 0));
        ForecasterSetup after = before.columns("value, size=value|abs");
        OperatorSubtaskState state = fourEvents(before);

        try (var same = TestingForecaster.restore(before, state);
                var other = TestingForecaster.restore(after, state)) {
            for (var forecaster : List.of(same, other)) {
                forecaster.weights(before.weights(1));
                events(forecaster, "key", 4, 5);
                forecaster.checkpoint();
            }

            assertThat(same.metrics().value("rerunKeys")).isEqualTo(1);
            assertThat(same.forecasts().get(0).stepsSinceReset()).isEqualTo(4);
            assertThat(other.metrics().value("rerunKeys")).isZero();
            assertThat(other.metrics().value("resetsByWeights")).isEqualTo(1);
            assertThat(other.forecasts().get(0).cold()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void inputOfOtherColumnsIsNotCarriedOverAGap(ForecasterSetup plain) throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(1), MissingSteps.CARRY, 9);
        ForecasterSetup before = plain.sequence(sequence(gaps, WeightsChange.KEEP, 0));
        ForecasterSetup after = before.columns("value, size=value|abs");
        OperatorSubtaskState state = fourEvents(before);

        try (var same = TestingForecaster.restore(before, state);
                var other = TestingForecaster.restore(after, state)) {
            for (var forecaster : List.of(same, other)) {
                events(forecaster, "key", 6, 7);
                forecaster.checkpoint();
            }

            assertThat(same.metrics().value("carriedSteps")).isEqualTo(2);
            assertThat(other.metrics().value("carriedSteps")).isZero();
            assertThat(other.forecasts().get(0).stepsSinceReset()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyDoesNotGoBackToWhatItWasForOtherColumns(ForecasterSetup plain) throws Exception {
        ForecasterSetup before = plain.sequence(sequence(GapConfig.none(), WeightsChange.KEEP, 8));
        ForecasterSetup after = before.columns("value, size=value|abs");
        OperatorSubtaskState state = fourEvents(before);
        Event<String> late = Event.of("key", 1, 0.5);

        try (var same = TestingForecaster.restore(before, state);
                var other = TestingForecaster.restore(after, state)) {
            for (var forecaster : List.of(same, other)) {
                forecaster.process(late);
                forecaster.checkpoint();
            }

            assertThat(same.late()).isEmpty();
            assertThat(same.forecasts())
                    .extracting(Forecast::time)
                    .containsExactly(1L, 2L, 3L); // it comes after the one of its time
            assertThat(other.late()).containsExactly(late);
            assertThat(other.forecasts()).isEmpty();
        }
    }

    private static OperatorSubtaskState fourEvents(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            events(forecaster, "key", 0, 4);
            return forecaster.checkpoint();
        }
    }

    private static SequenceConfig sequence(GapConfig gaps, WeightsChange change, int rewindSteps) {
        return new SequenceConfig(
                SequenceConfig.plain().order(), rewindSteps, gaps, null, change, 3);
    }

    @Test
    void keyOfWhichNoLayerStaysIsCold() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(A)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(A.network("lstm(5) dense(1)"), state)) {
            events(forecaster, "key", 4, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).cold()).isTrue();
            assertThat(forecaster.forecasts().get(0).step()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyNotTouchedInBetweenIsTakenOverTwoChangesLater(ForecasterSetup before) throws Exception {
        ForecasterSetup between = before.network(B.network());
        ForecasterSetup last = before.network(C.network());
        float[] old;
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, "touched", 0, 4);
            events(forecaster, "sleeping", 0, 4);
            state = forecaster.checkpoint();
            old = forecaster.stored("sleeping").state();
        }
        try (var forecaster = TestingForecaster.restore(between, state)) {
            events(forecaster, "touched", 4, 5);
            state = forecaster.checkpoint();
            assertThat(forecaster.metrics().value("adoptedMemories")).isEqualTo(1);
        }

        try (var forecaster = TestingForecaster.restore(last, state)) {
            forecaster.control(Control.report("sleeping"));
            events(forecaster, "sleeping", 4, 5);
            events(forecaster, "touched", 5, 6);
            forecaster.checkpoint();

            assertThat(forecaster.reports().get(0).state().get("lstm"))
                    .isEqualTo(Arrays.copyOf(old, 6));
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::step)
                    .containsExactlyInAnyOrder(5L, 6L);
            assertThat(forecaster.metrics().value("adoptedMemories")).isEqualTo(2);
            assertThat(forecaster.metrics().value("unknownMemories")).isZero();
        }
    }

    @Test
    void memoryIsAdoptedOnce() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(A)) {
            events(forecaster, "key", 0, 4);
            state = forecaster.checkpoint();
        }
        try (var forecaster = TestingForecaster.restore(B, state)) {
            events(forecaster, "key", 4, 5);
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(B, state)) {
            events(forecaster, "key", 5, 6);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("adoptedMemories")).isZero();
        }
    }

    @Test
    void ordersAboutLayersThatAreGoneDoNotStopTheJob() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(A)) {
            events(forecaster, "key", 0, 4);
            forecaster.control(Control.resetLayer("key", "lstm_1").from(5));
            forecaster.control(Control.seed("key", Map.of("lstm_1", new float[] {1, 2, 3, 4})));
            forecaster.control(
                    new Control<>(Action.RESET_LAYER, null, "lstm_1", 5, Map.of(), -1, -1));
            forecaster.control(Control.resetLayer("key", "lstm").from(6));
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(C, state)) {
            events(forecaster, "key", 4, 7);
            forecaster.control(Control.report("key"));

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::stepsSinceReset)
                    .containsExactly(5L, 6L, 7L);
            assertThat(forecaster.rejected()).isEmpty();
            assertThat(forecaster.metrics().value("resetsByOrder")).isEqualTo(1);
        }
    }

    @Test
    void seedForALayerOfAnotherSizeIsLeftOut() throws Exception {
        float[] seed = {1, 2, 3, 4, 5, 6, 7, 8};
        OperatorSubtaskState seeded;
        OperatorSubtaskState plain;
        try (var forecaster = TestingForecaster.start(B)) {
            events(forecaster, "key", 0, 4);
            plain = forecaster.checkpoint();
            forecaster.control(Control.seed("key", Map.of("lstm_1", seed)).from(5));
            seeded = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(A, seeded);
                var without = TestingForecaster.restore(A, plain)) {
            for (var each : List.of(forecaster, without)) {
                events(each, "key", 5, 7);
                each.checkpoint();
            }

            assertThat(forecaster.forecasts()).isEqualTo(without.forecasts());
        }
    }

    private static void events(TestingForecaster forecaster, String key, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            forecaster.process(key, i, Math.sin(i));
        }
    }
}
