package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cellstream.config.MemoryConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NaNs, infinities and states that explode stay where they came up. */
class PoisonTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void inputThatIsNotFiniteIsAsIfItNeverCame(double bad) throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN);
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                each.process("key-1", 0, 1);
                each.process("key-2", 0, 2);
                if (each == forecaster) {
                    each.process("key-1", 1, bad);
                }
                each.process("key-2", 1, 3);
                each.process("key-1", 2, 4);
                each.checkpoint();
            }

            assertThat(forecaster.rejected())
                    .singleElement()
                    .extracting(Rejected::cause)
                    .isIn(Rejected.Cause.EMPTY_NUMBER, Rejected.Cause.NOT_A_NUMBER);
            assertThat(forecaster.forecasts())
                    .containsExactlyInAnyOrderElementsOf(undisturbed.forecasts());
            assertThat(forecaster.stored("key-1")).isEqualTo(undisturbed.stored("key-1"));
        }
    }

    static Stream<WeightUpdate> poisonedWeights() {
        return Stream.of(
                stateOf(Float.NaN), outputOf(Float.NaN), outputOf(Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource("poisonedWeights")
    void stepThatIsNotFiniteIsRejectedAndLeavesTheMemoryAsItWas(WeightUpdate poisoned)
            throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 2);
            forecaster.control(Control.report("key"));
            forecaster.weights(poisoned);
            forecaster.process(new Event<>("key", 2, new double[] {5}, 3, 44));
            forecaster.control(Control.report("key"));

            List<StateReport<String>> reports = forecaster.reports();
            Rejected rejected = forecaster.rejected().get(0);
            assertThat(reports.get(1)).isEqualTo(reports.get(0));
            assertThat(rejected.cause()).isEqualTo(Rejected.Cause.NOT_FINITE);
            assertThat(rejected.value()).isEqualTo("[5.0]");
            assertThat(rejected.partition()).isEqualTo(3);
            assertThat(rejected.offset()).isEqualTo(44);
            assertThat(forecaster.metrics().value("quarantinedEvents")).isEqualTo(1);
            assertThat(forecaster.metrics().value("rejected")).isEqualTo(1);
        }
    }

    @Test
    void eventAfterOneThatWasQuarantinedIsForecastAsIfThatHadNeverCome() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN);
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                each.process("key", 0, 1);
                each.process("key", 1, 2);
                if (each == forecaster) {
                    each.weights(stateOf(Float.NaN));
                    each.process("key", 2, 5);
                    each.process("key", 9, 6);
                }
                each.weights(PLAIN.weights(2));
                each.process("key", 3, 3);
                each.process("key", 4, 4);
                each.checkpoint();
            }

            assertThat(forecaster.rejected()).hasSize(2);
            assertThat(forecaster.late()).isEmpty();
            assertThat(forecaster.forecasts()).isEqualTo(undisturbed.forecasts());
            assertThat(forecaster.stored("key")).isEqualTo(undisturbed.stored("key"));
        }
    }

    @Test
    void keysOfTheSameWaveAreUntouchedByOneThatIsQuarantined() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN);
                var undisturbed = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, undisturbed)) {
                each.control(Control.seed("bad", Map.of("lstm", wideOpen())));
                each.weights(largeOutputs());
                for (int i = 0; i < 12; i++) {
                    if (each == forecaster || i % 4 != 0) {
                        each.process(i % 4 == 0 ? "bad" : "key-" + i % 4, i, Math.sin(i));
                    }
                }
                each.checkpoint();
            }

            assertThat(forecaster.rejected())
                    .hasSize(3)
                    .allMatch(rejected -> rejected.cause() == Rejected.Cause.NOT_FINITE);
            assertThat(forecaster.forecasts()).isEqualTo(undisturbed.forecasts()).hasSize(9);
        }
    }

    @Test
    void stateBeyondTheLimitIsResetAndCounted() throws Exception {
        try (var forecaster = TestingForecaster.start(limited(1e-9))) {
            for (int i = 0; i < 4; i++) {
                forecaster.process("key", i, i * i);
            }
            forecaster.control(Control.report("key"));

            // The first inputs are zeros, and so is the state that they lead to.
            assertThat(forecaster.metrics().value("explodedStates")).isEqualTo(3);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::stepsSinceReset)
                    .containsExactly(1L, 2L, 1L, 1L);
            assertThat(forecaster.forecasts().get(3).step()).isEqualTo(4);
            assertThat(forecaster.reports().get(0).state().get("lstm")).containsOnly(0);
            assertThat(forecaster.reports().get(0).stepsSinceReset()).isZero();
        }
    }

    @Test
    void stateOfExactlyTheLimitGoesOn() throws Exception {
        float largest = 0;
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 2);
            forecaster.control(Control.report("key"));
            for (float value : forecaster.reports().get(0).state().get("lstm")) {
                largest = Math.max(largest, Math.abs(value));
            }
        }

        assertThat(explosions(largest)).isZero();
        assertThat(explosions(Math.nextDown(largest))).isEqualTo(1);
    }

    private static double explosions(double limit) throws Exception {
        try (var forecaster = TestingForecaster.start(limited(limit))) {
            forecaster.process("key", 0, 1);
            forecaster.process("key", 1, 2);
            forecaster.checkpoint();
            return forecaster.metrics().value("explodedStates");
        }
    }

    private static WeightUpdate stateOf(float weight) {
        return with(0, 5, weight);
    }

    /** The bias of dense(1) is the last of the weights. */
    private static WeightUpdate outputOf(float weight) {
        int size = PLAIN.weights(1).values().length;
        return with(size - 1, size, weight);
    }

    /** An output that is finite only while the five h are far from 1. */
    private static WeightUpdate largeOutputs() {
        int size = PLAIN.weights(1).values().length;
        return with(size - 6, size - 1, 3e38f);
    }

    /** A c so large that h is what the output gate lets through. */
    private static float[] wideOpen() {
        float[] state = new float[10];
        Arrays.fill(state, 5, 10, 900);
        return state;
    }

    private static WeightUpdate with(int from, int to, float weight) {
        WeightUpdate update = PLAIN.weights(1);
        float[] values = update.values().clone();
        Arrays.fill(values, from, to, weight);
        return new WeightUpdate(1, 1, update.network(), update.epoch(), values);
    }

    private static ForecasterSetup limited(double limit) {
        MemoryConfig plain = MemoryConfig.plain();
        return PLAIN.memory(new MemoryConfig(plain.residentSize(), null, plain.precision(), limit));
    }
}
