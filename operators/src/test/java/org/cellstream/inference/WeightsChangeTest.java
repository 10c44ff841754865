package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What new weights do to the states of keys, and which weights are served at all. */
class WeightsChangeTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();
    private static final int RERUN_STEPS = 3;

    @Test
    void keptStateGoesOnUnderTheNewWeights() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        hand.event(1, 2);
        hand.use(PLAIN.weights(1));

        Forecast<String> forecast = afterChange(with(WeightsChange.KEEP), 2);

        assertThat(forecast.values()[0]).isEqualTo(hand.event(2, 3));
        assertThat(forecast.stepsSinceReset()).isEqualTo(3);
    }

    @Test
    void resetStateStartsFromZerosUnderTheNewWeights() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        hand.event(1, 2);
        hand.use(PLAIN.weights(1));
        hand.zeros();

        Forecast<String> forecast = afterChange(with(WeightsChange.RESET), 2);

        assertThat(forecast.values()[0]).isEqualTo(hand.event(2, 3));
        assertThat(forecast.cold()).isTrue();
        assertThat(forecast.step()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9})
    void rerunStateIsThatOfTheLastInputsUnderTheNewWeights(int events) throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        for (int i = 0; i < events; i++) {
            hand.event(i, i + 1);
        }
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(RERUN_STEPS).forEach(hand::step);

        Forecast<String> forecast = afterChange(with(WeightsChange.RERUN), events);

        assertThat(forecast.values()[0]).isEqualTo(hand.event(events, events + 1));
        assertThat(forecast.stepsSinceReset()).isEqualTo(Math.min(events, RERUN_STEPS) + 1);
        assertThat(forecast.cold()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(WeightsChange.class)
    void stateChangesOnlyAtTheNextEventOfItsKey(WeightsChange change) throws Exception {
        try (var forecaster = TestingForecaster.start(with(change))) {
            forecaster.process("key", 0, 1);
            forecaster.control(Control.report("key"));
            forecaster.weights(PLAIN.weights(1));
            forecaster.control(Control.report("key"));
            forecaster.process("key", 1, 2);
            forecaster.control(Control.report("key"));

            List<StateReport<String>> reports = forecaster.reports();
            assertThat(reports.get(1)).isEqualTo(reports.get(0));
            assertThat(reports).extracting(StateReport::weightsNumber).containsExactly(0L, 0L, 1L);
            assertThat(reports).extracting(StateReport::weightsGeneration).containsOnly(1L);
        }
    }

    @ParameterizedTest
    @EnumSource(WeightsChange.class)
    void twoChangesBetweenTwoEventsAreOne(WeightsChange change) throws Exception {
        try (var twice = TestingForecaster.start(with(change));
                var once = TestingForecaster.start(with(change))) {
            twice.process("key", 0, 1);
            twice.weights(PLAIN.weights(1));
            twice.weights(PLAIN.weights(2));
            twice.process("key", 1, 2);
            twice.process("key", 2, 3);
            twice.checkpoint();
            once.process("key", 0, 1);
            once.weights(PLAIN.weights(2));
            once.process("key", 1, 2);
            once.process("key", 2, 3);
            once.checkpoint();

            assertThat(twice.forecasts()).isEqualTo(once.forecasts());
        }
    }

    @ParameterizedTest
    @EnumSource(WeightsChange.class)
    void swapsAndRestoresEqualNeverHavingStopped(WeightsChange change) throws Exception {
        ForecasterSetup setup = with(change).hardlyResident().onRocksDb();
        OperatorSubtaskState state;
        List<Forecast<String>> stopped;
        try (var forecaster = TestingForecaster.start(setup)) {
            twoKeys(forecaster, 0);
            forecaster.weights(PLAIN.weights(1)); // swap, then restore
            state = forecaster.checkpoint();
        }
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            twoKeys(forecaster, 10);
            state = forecaster.checkpoint();
            stopped = forecaster.forecasts();
        }
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            forecaster.weights(PLAIN.weights(2)); // restore, then swap
            twoKeys(forecaster, 20);
            forecaster.weights(PLAIN.weights(3)); // swap after swap
            twoKeys(forecaster, 30);
            stopped.addAll(forecaster.forecasts());
        }

        try (var forecaster = TestingForecaster.start(with(change))) {
            for (int i = 0; i < 4; i++) {
                twoKeys(forecaster, 10L * i);
                forecaster.weights(PLAIN.weights(i + 1));
            }

            assertThat(forecaster.forecasts().subList(8, 32))
                    .containsExactlyInAnyOrderElementsOf(stopped);
        }
    }

    @Test
    void keyWithoutKeptInputsIsResetWhereTheyShouldBeRunAgain() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(with(WeightsChange.KEEP))) {
            forecaster.process("key", 0, 1);
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(with(WeightsChange.RERUN), state)) {
            forecaster.weights(PLAIN.weights(1));
            forecaster.process("key", 1, 2);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).cold()).isTrue();
            assertThat(forecaster.metrics().value("resetsByWeights")).isEqualTo(1);
            assertThat(forecaster.metrics().value("rerunKeys")).isZero();
        }
    }

    @Test
    void changedStatesAreCounted() throws Exception {
        try (var reset = TestingForecaster.start(with(WeightsChange.RESET));
                var rerun = TestingForecaster.start(with(WeightsChange.RERUN))) {
            for (TestingForecaster forecaster : List.of(reset, rerun)) {
                twoKeys(forecaster, 0);
                forecaster.weights(PLAIN.weights(1));
                twoKeys(forecaster, 10);
                forecaster.checkpoint();
            }

            assertThat(reset.metrics().value("resetsByWeights")).isEqualTo(2);
            assertThat(rerun.metrics().value("rerunKeys")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void weightsThatAreNotNewerAreIgnoredAndCounted(long number) throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(PLAIN.weights(2));
            forecaster.weights(PLAIN.weights(number));
            forecaster.process("key", 0, 1);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).weightsNumber()).isEqualTo(2);
            assertThat(forecaster.metrics().value("weightsIgnored")).isEqualTo(1);
            assertThat(forecaster.rejected()).isEmpty();
        }
    }

    @Test
    void laterGenerationIsNewerWhateverItsNumber() throws Exception {
        WeightUpdate update = PLAIN.weights(3);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(PLAIN.weights(7));
            forecaster.weights(
                    new WeightUpdate(2, 0, update.network(), update.epoch(), update.values()));
            forecaster.weights(PLAIN.weights(8));
            forecaster.process("key", 0, 1);
            forecaster.checkpoint();

            Forecast<String> forecast = forecaster.forecasts().get(0);
            assertThat(forecast.weightsGeneration()).isEqualTo(2);
            assertThat(forecast.weightsNumber()).isZero();
            assertThat(forecaster.metrics().value("weightsIgnored")).isEqualTo(1);
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRejectedWithBothDescriptionsAndTheJobGoesOn() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(PLAIN.weights(1));
            forecaster.weights(PLAIN.network("lstm(6) dense(1)").weights(2));
            forecaster.process("key", 0, 1);
            forecaster.weights(PLAIN.weights(3));
            forecaster.process("key", 1, 2);
            forecaster.checkpoint();

            Rejected rejected = forecaster.rejected().get(0);
            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(rejected.cause()).isEqualTo(Rejected.Cause.WEIGHTS);
            assertThat(rejected.reason())
                    .contains("weights 1.2", "lstm(6) dense(1) over", "lstm(5) dense(1) over");
            assertThat(forecaster.metrics().value("weightsRefused")).isEqualTo(1);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(1L, 3L);
        }
    }

    @Test
    void weightsOfTheWrongLengthAreRejectedWhateverTheySayTheyAre() throws Exception {
        WeightUpdate update = PLAIN.weights(1);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(
                    new WeightUpdate(1, 1, update.network(), update.epoch(), new float[7]));

            assertThat(forecaster.rejected().get(0).reason())
                    .contains("7 floats", "takes " + update.values().length);
        }
    }

    @Test
    void refusedWeightsAreRejectedByOneSubtaskOnly() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            state = forecaster.checkpoint();
        }
        int rejections = 0;
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var forecaster = TestingForecaster.rescaled(PLAIN, 3, subtask, List.of(state))) {
                forecaster.weights(PLAIN.network("lstm(6) dense(1)").weights(2));
                rejections += forecaster.rejected().size();
            }
        }

        assertThat(rejections).isEqualTo(1);
    }

    /** The forecast after {@code events} events, a change of weights and one more event. */
    private static Forecast<String> afterChange(ForecasterSetup setup, int events)
            throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < events; i++) {
                forecaster.process("key", i, i + 1);
            }
            forecaster.weights(PLAIN.weights(1));
            forecaster.process("key", events, events + 1);
            forecaster.checkpoint();
            return forecaster.forecasts().get(events);
        }
    }

    private static void twoKeys(TestingForecaster forecaster, long from) throws Exception {
        for (long time = from; time < from + 4; time++) {
            forecaster.process("key-1", time, Math.sin((double) time));
            forecaster.process("key-2", time, Math.cos((double) time));
        }
    }

    private static ForecasterSetup with(WeightsChange change) {
        return PLAIN.sequence(
                new SequenceConfig(
                        SequenceConfig.plain().order(),
                        0,
                        GapConfig.none(),
                        null,
                        change,
                        RERUN_STEPS));
    }
}
