package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.event.Forecast;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps in a cadence of ten milliseconds. */
class GapsTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    @ParameterizedTest
    @CsvSource({"10, 0", "14, 0", "15, 1", "20, 1", "24, 1", "25, 2", "40, 3"})
    void carriedStepsTakeTheLastInputOnceMoreEach(long gap, int missed) throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        double before = hand.event(10, 2);
        for (int step = 0; step < missed; step++) {
            hand.step(hand.lastInputs(1).get(0));
        }
        double after = hand.event(10 + gap, 4);

        List<Forecast<String>> forecasts = run(with(MissingSteps.CARRY, 3), 0, 10, 10 + gap);

        assertThat(values(forecasts)).endsWith(before, after);
        assertThat(forecasts.get(2).stepsSinceReset()).isEqualTo(3);
        assertThat(forecasts.get(2).step()).isEqualTo(3);
    }

    @Test
    void carriedStepsEndAtTheLimitAndTheStateWithThem() throws Exception {
        ForecasterSetup setup = with(MissingSteps.CARRY, 3);

        Forecast<String> atLimit = run(setup, 0, 10, 54).get(2);
        Forecast<String> beyond = run(setup, 0, 10, 55).get(2);

        assertThat(atLimit.cold()).isFalse();
        assertThat(atLimit.stepsSinceReset()).isEqualTo(3);
        assertThat(beyond.cold()).isTrue();
        assertThat(beyond.stepsSinceReset()).isEqualTo(1);
        assertThat(beyond.step()).isEqualTo(3);
    }

    @Test
    void maskedStepsChangeNothing() throws Exception {
        List<Forecast<String>> forecasts = run(with(MissingSteps.MASK, null), 0, 10, 10_000);

        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        assertThat(values(forecasts))
                .containsExactly(hand.event(0, 1), hand.event(10, 2), hand.event(10_000, 4));
    }

    @Test
    void longGapStartsTheStateFromZerosAndKeepsTheColumns() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        hand.event(10, 2);
        hand.zeros();

        Forecast<String> last = run(with(MissingSteps.MASK, 3), 0, 10, 60).get(2);

        assertThat(last.values()[0]).isEqualTo(hand.event(60, 4));
        assertThat(last.cold()).isTrue();
        assertThat(last.persistenceError()).isEqualTo(4.0 - 2.0);
        assertThat(last.error()).isFinite();
    }

    @Test
    void limitOfMissedStepsHoldsBeforeTheFirstEventTooAsThereIsNoGap() throws Exception {
        List<Forecast<String>> forecasts = run(with(MissingSteps.CARRY, 0), 1_000_000, 1_000_010);

        assertThat(forecasts).extracting(Forecast::cold).containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void carriedStepsEqualWhetherResidentOrNot(boolean rocksDb) throws Exception {
        ForecasterSetup setup = with(MissingSteps.CARRY, 2);
        ForecasterSetup evicted = setup.hardlyResident();

        List<Forecast<String>> resident = twoKeys(setup);
        List<Forecast<String>> read = twoKeys(rocksDb ? evicted.onRocksDb() : evicted);

        assertThat(read).containsExactlyInAnyOrderElementsOf(resident);
    }

    @Test
    void gapIsAnInputWhereAColumnReadsIt() throws Exception {
        ForecasterSetup setup = PLAIN.columns("value, gap");

        double even = run(setup, 0, 1_000, 2_000).get(2).values()[0];
        double uneven = run(setup, 0, 1_000, 9_000).get(2).values()[0];

        OneKeyByHand hand = new OneKeyByHand(setup);
        hand.event(0, 1);
        hand.event(1_000, 2);
        assertThat(uneven).isEqualTo(hand.event(9_000, 4)).isNotEqualTo(even);
    }

    @Test
    void carriedAndResetStepsAreCounted() throws Exception {
        try (var forecaster = TestingForecaster.start(with(MissingSteps.CARRY, 3))) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 30, 2);
            forecaster.process("key", 100, 2);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("carriedSteps")).isEqualTo(2);
            assertThat(forecaster.metrics().value("resetsByGap")).isEqualTo(1);
        }
    }

    private static List<Forecast<String>> twoKeys(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < 8; i++) {
                forecaster.process("key-1", i * 20L, i);
                forecaster.process("key-2", i * 30L, i * i);
            }
            forecaster.checkpoint();
            return forecaster.forecasts();
        }
    }

    /** One key with the values 1, 2 and 4 at the given times. */
    private static List<Forecast<String>> run(ForecasterSetup setup, long... times)
            throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < times.length; i++) {
                forecaster.process("key", times[i], 1 << i);
            }
            forecaster.checkpoint();
            return forecaster.forecasts();
        }
    }

    private static List<Double> values(List<Forecast<String>> forecasts) {
        List<Double> values = new ArrayList<>();
        forecasts.forEach(forecast -> values.add(forecast.values()[0]));
        return values;
    }

    private static ForecasterSetup with(MissingSteps missing, @Nullable Integer resetAfter) {
        SequenceConfig plain = SequenceConfig.plain();
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), missing, resetAfter);
        return PLAIN.sequence(
                new SequenceConfig(
                        plain.order(), 0, gaps, null, plain.weightsChange(), plain.rerunSteps()));
    }
}
