package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightTiming;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;

/** Weights by event time: epochs of ten milliseconds, so epoch 1 is 10 to 19. */
class WeightsByEpochTest {

    private static final ForecasterSetup SETUP =
            ForecasterSetup.plain().timing(TimingConfig.byEpoch(Duration.ofMillis(10)));

    @Test
    void olderWeightsOfAnEpochDisplaceNoNewerOnes() throws Exception {
        ForecasterSetup setup =
                ForecasterSetup.plain().timing(TimingConfig.byEpoch(Duration.ofMillis(100)));
        WeightUpdate old = setup.weights(5, 3);
        WeightUpdate newer = new WeightUpdate(2, 1, old.network(), 3, setup.weights(9).values());
        for (List<WeightUpdate> updates : List.of(List.of(newer, old), List.of(old, newer))) {
            try (var forecaster = TestingForecaster.start(setup)) {
                for (WeightUpdate update : updates) {
                    forecaster.weights(update);
                }
                forecaster.weights(setup.unchanged(4, 3));
                forecaster.watermarks(399);
                forecaster.process("key", 450, 1);
                forecaster.watermarks(499);

                assertThat(forecaster.forecasts().get(0).weightsGeneration()).isEqualTo(2);
                assertThat(forecaster.metrics().value("weightsIgnored")).isEqualTo(1);
            }
        }
    }

    @Test
    void eventsWaitForTheWeightsOfTheEpochBefore() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(-1);
            forecaster.process("key", 5, 1);
            forecaster.process("key", 15, 2);
            forecaster.eventWatermark(19);
            forecaster.passMillis(5);
            assertThat(forecaster.forecasts()).hasSize(1);

            forecaster.weights(SETUP.weights(1, 0));
            forecaster.trainerWatermark(9);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 1L);
        }
    }

    @Test
    void weightsThatComeEarlyDoNotServeTheEpochTheyLearnedFrom() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(-1);
            forecaster.weights(SETUP.weights(1, 0));
            forecaster.trainerWatermark(9);
            forecaster.process("key", 5, 1);
            forecaster.process("key", 15, 2);

            forecaster.eventWatermark(15);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 1L);
        }
    }

    @Test
    void jobThatGoesOnAtArrivalStepsWhatWasHeldByTheNewestWeights() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(-1);
            forecaster.process("key", 15, 2);
            forecaster.weights(SETUP.weights(1, 0));
            state = forecaster.checkpoint();
            assertThat(forecaster.forecasts()).isEmpty();
        }

        ForecasterSetup atArrival = SETUP.timing(TimingConfig.atArrival());
        try (var forecaster = TestingForecaster.restore(atArrival, state)) {
            forecaster.eventWatermark(15);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(1L);
        }
    }

    @Test
    void olderWeightsOfAnEpochAreIgnoredAndCounted() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(-1);
            forecaster.weights(SETUP.weights(2, 0));
            forecaster.watermarks(9);
            forecaster.weights(SETUP.weights(1, 1));
            forecaster.weights(SETUP.unchanged(2, 2));
            forecaster.watermarks(39);

            assertThat(forecaster.metrics().value("weightsIgnored")).isEqualTo(1);
            assertThat(forecaster.metrics().value("weightsNumber")).isEqualTo(2);
        }
    }

    @Test
    void epochWithoutPublicationServesTheWeightsBefore() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(-1);
            forecaster.weights(SETUP.weights(1, 0));
            forecaster.watermarks(9);
            forecaster.weights(SETUP.unchanged(1, 1));
            forecaster.watermarks(19);
            forecaster.process("key", 25, 1);

            forecaster.watermarks(29);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(1L);
        }
    }

    @Test
    void heldEventsOfManyEpochsAreEachSteppedWithTheirOwnWeights() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            for (int epoch = 0; epoch < 5; epoch++) {
                forecaster.process("a", 10L * epoch, epoch);
                forecaster.process("b", 10L * epoch + 3, epoch);
                forecaster.weights(SETUP.weights(epoch + 1, epoch));
            }

            forecaster.watermarks(Long.MAX_VALUE);

            assertThat(forecaster.forecasts())
                    .filteredOn(forecast -> forecast.key().equals("a"))
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(forecaster.forecasts()).hasSize(10);
        }
    }

    @Test
    void forecastsLeaveBeforeTheWatermarkThatReleasedThem() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 15, 1);

            forecaster.watermarks(20);

            assertThat(forecaster.output()).hasSize(2);
            assertThat(forecaster.output().get(1)).isEqualTo(new Watermark(20));
        }
    }

    @Test
    void servingAfterTwoEpochsLetsTheTrainerLagByOne() throws Exception {
        ForecasterSetup overlapping =
                SETUP.timing(new TimingConfig(WeightTiming.EVENT_TIME, 10, 2));
        try (var forecaster = TestingForecaster.start(overlapping)) {
            forecaster.weights(overlapping.weights(1, 0));
            forecaster.trainerWatermark(9);
            forecaster.process("key", 5, 1);
            forecaster.process("key", 15, 2);
            forecaster.process("key", 25, 3);
            forecaster.process("key", 35, 4);
            forecaster.eventWatermark(35);
            assertThat(forecaster.forecasts()).hasSize(3);

            forecaster.trainerWatermark(19);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 0L, 1L, 1L);
        }
    }

    @Test
    void heldEventsAndWaitingWeightsSurviveAFailure() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(SETUP.onRocksDb())) {
            forecaster.watermarks(-1);
            forecaster.process("key", 5, 1);
            forecaster.process("key", 15, 2);
            forecaster.weights(SETUP.weights(1, 0));
            state = forecaster.checkpoint();
            assertThat(forecaster.forecasts()).hasSize(1);
        }

        try (var forecaster = TestingForecaster.restore(SETUP.onRocksDb(), state)) {
            forecaster.process("key", 16, 3);
            forecaster.watermarks(16);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber, Forecast::step)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, 2L),
                            org.assertj.core.groups.Tuple.tuple(1L, 3L));
        }
    }

    @Test
    void eventsOfOneEpochKeepTheirOrderOfArrival() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 15, 1);
            forecaster.process("key", 17, 2);
            forecaster.process("key", 17, 3);

            forecaster.watermarks(19);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::time)
                    .containsExactly(15L, 17L, 17L);
            assertThat(forecaster.late()).isEmpty();
            assertThat(forecaster.forecasts().get(2).persistenceError()).isEqualTo(1);
        }
    }

    @Test
    void lateEventOfAnEarlierEpochIsSteppedAtOnceIfItsKeyHasNoLaterOne() throws Exception {
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.watermarks(39);
            forecaster.process(Event.of("key", 5, 1));

            forecaster.checkpoint();

            assertThat(forecaster.forecasts()).hasSize(1);
        }
    }

    @Test
    void eventOutOfOrderDoesNotDependOnHowFarTheTrainerIs() throws Exception {
        try (var ahead = TestingForecaster.start(SETUP);
                var behind = TestingForecaster.start(SETUP)) {
            ahead.trainerWatermark(39);
            for (var forecaster : new TestingForecaster[] {ahead, behind}) {
                forecaster.process("key", 12, 1);
                forecaster.eventWatermark(9);
                forecaster.process("key", 25, 2);
                forecaster.eventWatermark(19);
                forecaster.process("key", 13, 3);
                forecaster.process("other", 14, 4);
            }
            behind.trainerWatermark(39);

            ahead.checkpoint();
            behind.checkpoint();

            assertThat(behind.forecasts()).containsExactlyInAnyOrderElementsOf(ahead.forecasts());
            assertThat(behind.late())
                    .isEqualTo(ahead.late())
                    .containsExactly(Event.of("key", 13, 3));
        }
    }

    @Test
    void eventOutOfOrderCountsIntoTheSameEpochAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(SETUP)) {
            forecaster.process("key", 25, 2);
            forecaster.eventWatermark(19);
            state = forecaster.checkpoint();
        }

        try (var forecaster = TestingForecaster.restore(SETUP, state)) {
            forecaster.process("key", 13, 3);
            forecaster.watermarks(29);

            assertThat(forecaster.late()).containsExactly(Event.of("key", 13, 3));
        }
    }
}
