package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastingOperatorTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    @Test
    void flushesWaitingRowsBeforeBarrier() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);

            forecaster.checkpoint();

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::key)
                    .containsExactly("sensor-1");
        }
    }

    @Test
    void flushesWaitingRowsBeforeWatermark() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 7, 0.5);

            forecaster.eventWatermark(7);

            assertThat(forecaster.output()).hasSize(2);
            assertThat(forecaster.output().get(0)).isInstanceOf(StreamRecord.class);
            assertThat(forecaster.output().get(1)).isEqualTo(new Watermark(7));
        }
    }

    @Test
    void flushesWaitingRowsBeforeNewWeightsApply() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);
            forecaster.weights(PLAIN.weights(1));
            forecaster.process("sensor-1", 1, 0.7);

            forecaster.checkpoint();

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 1L);
        }
    }

    @Test
    void flushesWaitingRowsWhenDelayHasPassed() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);
            forecaster.passMillis(4);
            assertThat(forecaster.forecasts()).isEmpty();

            forecaster.passMillis(1);

            assertThat(forecaster.forecasts()).hasSize(1);
        }
    }

    @Test
    void flushesWhenBatchIsFull() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN.maxRows(2))) {
            forecaster.process("sensor-1", 0, 0.5);

            forecaster.process("sensor-2", 0, 0.5);

            assertThat(forecaster.forecasts()).hasSize(2);
        }
    }

    @Test
    void flushesWaitingRowsAtEndOfInput() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);

            forecaster.end();

            assertThat(forecaster.forecasts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void batchesOfAnySizeEqualOneEventAtATime(int maxRows) throws Exception {
        ForecasterSetup setup = PLAIN.maxRows(maxRows);
        List<Event<String>> events = events(500, 9);
        List<Forecast<String>> expected = new ArrayList<>();
        PlainForecaster plain = new PlainForecaster(setup);
        events.forEach(event -> expected.add(plain.forecast(event)));

        try (var forecaster = TestingForecaster.start(setup)) {
            for (Event<String> event : events) {
                forecaster.process(event);
            }
            forecaster.checkpoint();

            assertThat(forecaster.forecasts()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void forecastsKeepTheTimesOfTheirEvents() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 70, 0.5);
            forecaster.process("sensor-2", 60, 0.5);

            forecaster.checkpoint();

            assertThat(forecaster.output())
                    .extracting(record -> ((StreamRecord<?>) record).getTimestamp())
                    .containsExactly(70L, 60L);
        }
    }

    @Test
    void firstForecastOfKeyIsColdAndHasNoErrors() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);
            forecaster.process("sensor-1", 1, 0.75);

            forecaster.checkpoint();

            Forecast<String> first = forecaster.forecasts().get(0);
            Forecast<String> second = forecaster.forecasts().get(1);
            assertThat(first.cold()).isTrue();
            assertThat(first.error()).isNaN();
            assertThat(first.persistenceError()).isNaN();
            assertThat(second.cold()).isFalse();
            assertThat(second.error()).isEqualTo(0.75 - first.values()[0]);
            assertThat(second.persistenceError()).isEqualTo(0.25);
            assertThat(second.step()).isEqualTo(2);
        }
    }

    @Test
    void eventOlderThanTheLastOfItsKeyIsLateAndChangesNothing() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN);
                var undisturbed = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 10, 0.5);
            forecaster.process("sensor-1", 9, 0.1);
            forecaster.process("sensor-1", 10, 0.6);
            undisturbed.process("sensor-1", 10, 0.5);
            undisturbed.process("sensor-1", 10, 0.6);

            forecaster.checkpoint();
            undisturbed.checkpoint();

            assertThat(forecaster.late()).containsExactly(Event.of("sensor-1", 9, 0.1));
            assertThat(forecaster.forecasts()).isEqualTo(undisturbed.forecasts());
        }
    }

    @Test
    void rejectedEventChangesNothingAndDropsNoOtherRow() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN);
                var undisturbed = TestingForecaster.start(PLAIN)) {
            forecaster.process("sensor-1", 0, 0.5);
            forecaster.process("sensor-2", 0, Double.NaN);
            forecaster.process("sensor-3", 0, 0.5);
            forecaster.process("sensor-1", 1, Double.POSITIVE_INFINITY);
            forecaster.process("sensor-1", 2, 0.75);
            undisturbed.process("sensor-1", 0, 0.5);
            undisturbed.process("sensor-3", 0, 0.5);
            undisturbed.process("sensor-1", 2, 0.75);

            forecaster.checkpoint();
            undisturbed.checkpoint();

            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.EMPTY_NUMBER, Rejected.Cause.NOT_A_NUMBER);
            assertThat(forecaster.forecasts()).isEqualTo(undisturbed.forecasts());
        }
    }

    @Test
    void olderWeightsAreIgnored() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(PLAIN.weights(3));
            forecaster.weights(PLAIN.weights(2));
            forecaster.process("sensor-1", 0, 0.5);

            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).weightsNumber()).isEqualTo(3);
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedAndTheJobGoesOn() throws Exception {
        WeightUpdate foreign =
                new WeightUpdate(
                        9,
                        9,
                        Network.of(2).dense(1).toString(),
                        WeightUpdate.AT_ARRIVAL,
                        new float[3]);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.weights(foreign);
            forecaster.process("sensor-1", 0, 0.5);

            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).weightsGeneration()).isEqualTo(1);
        }
    }

    @Test
    void silentWeightsDoNotHoldTheWatermarkBack() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {

            forecaster.eventWatermark(100);

            assertThat(forecaster.output()).containsExactly(new Watermark(100));
        }
    }

    /**
     * Random events of {@code keys} keys, each key's times rising, now and then two events of one
     * time.
     */
    static List<Event<String>> events(int count, int keys) {
        Random random = new Random(7);
        List<Event<String>> events = new ArrayList<>();
        double[] level = new double[keys];
        for (int i = 0; i < count; i++) {
            int key = random.nextInt(keys);
            level[key] += random.nextGaussian();
            events.add(Event.of("key-" + key, i / 2, level[key]));
        }
        return events;
    }
}
