package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A roll-back: old floats published under a new number. To the forecaster they are new weights. */
class RollBackTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain().maxRows(1);
    private static final int RERUN_STEPS = 2;

    /** The floats of version 1.1 as version 1.3. */
    private static final WeightUpdate ROLL_BACK =
            new WeightUpdate(
                    1,
                    3,
                    PLAIN.weights(1).network(),
                    WeightUpdate.AT_ARRIVAL,
                    PLAIN.weights(1).values());

    @ParameterizedTest
    @EnumSource
    void isServedAndChangesStatesLikeAnyNewWeights(WeightsChange change) throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.use(PLAIN.weights(2));
        hand.event(0, 1);
        hand.event(1, 4);
        hand.event(2, 3);
        hand.use(ROLL_BACK);
        if (change != WeightsChange.KEEP) {
            hand.zeros();
        }
        if (change == WeightsChange.RERUN) {
            hand.lastInputs(RERUN_STEPS).forEach(hand::step);
        }
        try (var forecaster = TestingForecaster.start(with(change))) {
            forecaster.weights(PLAIN.weights(2));
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 4);
            forecaster.process("key", 2, 3);

            forecaster.weights(ROLL_BACK);
            forecaster.process("key", 3, 5);
            forecaster.control(Control.report("key"));

            Forecast<String> forecast = forecaster.forecasts().get(3);
            StateReport<String> report = forecaster.reports().get(0);
            assertThat(forecast.values()[0]).isEqualTo(hand.event(3, 5));
            assertThat(forecast.weightsNumber()).isEqualTo(3);
            assertThat(report.weightsNumber()).isEqualTo(3);
            assertThat(report.state().values()).singleElement().isEqualTo(hand.state());
        }
    }

    @Test
    void outlivesARestoreAndTheOldNumberIsServedNoMore() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(PLAIN.weights(2));
            forecaster.weights(ROLL_BACK);
            state = forecaster.checkpoint();
        }
        try (var restored = TestingForecaster.restore(PLAIN, state)) {

            restored.weights(PLAIN.weights(1));
            restored.weights(PLAIN.weights(2));
            restored.process("key", 0, 1);

            assertThat(restored.forecasts().get(0).weightsNumber()).isEqualTo(3);
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
