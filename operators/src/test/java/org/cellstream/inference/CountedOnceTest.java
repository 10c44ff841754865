package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a key counts once, however often its event is tried or stepped. */
class CountedOnceTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    private static final List<String> COUNTERS =
            List.of(
                    "coldKeys",
                    "expiredKeys",
                    "explodedStates",
                    "resetsByGap",
                    "resetsByOrder",
                    "resetsByWeights",
                    "rerunKeys",
                    "carriedSteps");

    /** What becomes of a key at its event at 120, after those at 0 and 10. */
    private record Change(String counter, ForecasterSetup setup) {}

    private static final Change EXPIRED =
            new Change("expiredKeys", setup(GapConfig.none(), 50, WeightsChange.KEEP));
    private static final Change CARRIED =
            new Change(
                    "carriedSteps", setup(gaps(MissingSteps.CARRY, 50), null, WeightsChange.KEEP));
    private static final Change EXPLODED = new Change("explodedStates", limited());

    static Stream<Change> changes() {
        return Stream.of(
                CARRIED,
                new Change(
                        "resetsByGap", setup(gaps(MissingSteps.MASK, 5), null, WeightsChange.KEEP)),
                new Change("resetsByOrder", setup(GapConfig.none(), null, WeightsChange.KEEP)),
                new Change("resetsByWeights", setup(GapConfig.none(), null, WeightsChange.RESET)),
                new Change("rerunKeys", setup(GapConfig.none(), null, WeightsChange.RERUN)));
    }

    static Stream<Change> changesThatRejectedEventsCouldCount() {
        return Stream.concat(changes(), Stream.of(EXPIRED));
    }

    static Stream<Change> changesThatLateEventsCouldCount() {
        return Stream.concat(changes(), Stream.of(EXPLODED));
    }

    @ParameterizedTest
    @MethodSource("changesThatRejectedEventsCouldCount")
    void eventThatIsRejectedCountsNothing(Change change) throws Exception {
        try (var forecaster = TestingForecaster.start(change.setup)) {
            begin(forecaster);
            Map<String, Double> before = counts(forecaster);
            for (int i = 0; i < 3; i++) {
                forecaster.process("key", 120, Double.NaN);
                forecaster.checkpoint();
            }
            forecaster.weights(poisoned());
            forecaster.process("key", 120, 3);
            forecaster.checkpoint();
            assertThat(forecaster.rejected()).hasSize(4);
            assertThat(counts(forecaster)).isEqualTo(before);

            forecaster.weights(PLAIN.weights(3));
            forecaster.process("key", 120, 3);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value(change.counter))
                    .isEqualTo(before.get(change.counter) + (change.equals(CARRIED) ? 10 : 1));
        }
    }

    @ParameterizedTest
    @MethodSource("changesThatLateEventsCouldCount")
    void eventsThatAreSteppedAgainAfterALateOneCountNothing(Change change) throws Exception {
        try (var forecaster = TestingForecaster.start(change.setup)) {
            begin(forecaster);
            forecaster.process("key", 120, 3);
            forecaster.process("key", 130, 4);
            forecaster.checkpoint();
            Map<String, Double> before = counts(forecaster);
            assertThat(before.get(change.counter)).isPositive();

            forecaster.process("key", 125, 3);
            forecaster.process("key", 5, 3);
            forecaster.checkpoint();

            assertThat(forecaster.late()).isEmpty();
            assertThat(forecaster.forecasts().stream().filter(Forecast::correction)).hasSize(5);
            assertThat(counts(forecaster)).isEqualTo(before);
        }
    }

    /** Two events of the key; an order and new weights are for its next. */
    private static void begin(TestingForecaster forecaster) throws Exception {
        forecaster.control(Control.resetLayer("key", "lstm").from(115));
        forecaster.process("key", 0, 1);
        forecaster.process("key", 10, 2);
        forecaster.weights(PLAIN.weights(1));
    }

    private static Map<String, Double> counts(TestingForecaster forecaster) {
        Map<String, Double> counts = new HashMap<>();
        COUNTERS.forEach(name -> counts.put(name, forecaster.metrics().value(name)));
        return counts;
    }

    /** Its forecasts are not finite. */
    private static WeightUpdate poisoned() {
        WeightUpdate update = PLAIN.weights(2);
        float[] values = update.values().clone();
        values[values.length - 1] = Float.NaN;
        return new WeightUpdate(1, 2, update.network(), update.epoch(), values);
    }

    private static GapConfig gaps(MissingSteps missing, int resetAfter) {
        return new GapConfig(Duration.ofMillis(10), missing, resetAfter);
    }

    private static ForecasterSetup limited() {
        MemoryConfig memory = MemoryConfig.plain();
        return setup(GapConfig.none(), null, WeightsChange.KEEP)
                .memory(new MemoryConfig(memory.residentSize(), null, memory.precision(), 1e-9));
    }

    private static ForecasterSetup setup(
            GapConfig gaps, @Nullable Integer timeToLive, WeightsChange change) {
        return PLAIN.sequence(
                new SequenceConfig(
                        EventOrder.ARRIVAL,
                        16,
                        gaps,
                        timeToLive == null ? null : Duration.ofMillis(timeToLive),
                        change,
                        3));
    }
}
