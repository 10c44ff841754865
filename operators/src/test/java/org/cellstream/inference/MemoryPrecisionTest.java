package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.cellstream.nn.Precision;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.KeyMemorySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** h and c rounded after every step. */
class MemoryPrecisionTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();

    @ParameterizedTest
    @EnumSource(MemoryPrecision.class)
    void everyStepStartsFromTheRoundedState(MemoryPrecision precision) throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.round(StepTools.precision(precision));
        try (var forecaster = TestingForecaster.start(with(precision))) {
            for (int i = 0; i < 9; i++) {
                forecaster.process("key", i, Math.sin(i));
            }
            forecaster.checkpoint();

            for (int i = 0; i < 9; i++) {
                assertThat(forecaster.forecasts().get(i).values()[0])
                        .isEqualTo(hand.event(i, Math.sin(i)));
            }
            assertThat(forecaster.stored("key").state()).isEqualTo(hand.state());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryPrecision.class,
            names = {"BFLOAT16", "FLOAT16"})
    void everyStoredValueIsOneThatThePrecisionHas(MemoryPrecision option) throws Exception {
        Precision precision = StepTools.precision(option);
        float[] seed = {0.1f, 0.2f, 0.3f, 1 / 3f, 5, 6.0001f, 7, 8, 9, 1e-30f};
        try (var forecaster = TestingForecaster.start(with(option))) {
            fill(forecaster, 0);
            forecaster.control(Control.seed("seeded", Map.of("lstm", seed)));
            forecaster.checkpoint();

            for (String key : List.of("key-0", "key-1", "key-2", "seeded")) {
                float[] state = forecaster.stored(key).state();
                float[] rounded = state.clone();
                precision.round(rounded, 0, rounded.length);
                assertThat(state).isEqualTo(rounded);
            }
            assertThat(forecaster.stored("seeded").state()).isNotEqualTo(seed);
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryPrecision.class)
    void forecastsEqualWhetherMemoriesAreResidentOrNot(MemoryPrecision precision) throws Exception {
        ForecasterSetup setup = with(precision);
        List<Forecast<String>> resident = run(setup);

        assertThat(run(setup.hardlyResident())).containsExactlyInAnyOrderElementsOf(resident);
        assertThat(run(setup.hardlyResident().onRocksDb()))
                .containsExactlyInAnyOrderElementsOf(resident);
    }

    @ParameterizedTest
    @EnumSource(MemoryPrecision.class)
    void everyCarriedStepIsRounded(MemoryPrecision precision) throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), MissingSteps.CARRY, 5);
        OneKeyByHand hand = byHand(precision);
        for (int step = 0; step < 4; step++) {
            hand.step(hand.lastInputs(1).get(0));
        }
        try (var forecaster = TestingForecaster.start(with(precision, gaps, WeightsChange.KEEP))) {
            threeEvents(forecaster);
            forecaster.process("key", 70, 5);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("carriedSteps")).isEqualTo(4);
            assertThat(forecaster.forecasts().get(3).values()[0]).isEqualTo(hand.event(70, 5));
            assertThat(forecaster.stored("key").state()).isEqualTo(hand.state());
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryPrecision.class)
    void everyStepThatIsRunAgainIsRounded(MemoryPrecision precision) throws Exception {
        OneKeyByHand hand = byHand(precision);
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(3).forEach(hand::step);
        try (var forecaster =
                TestingForecaster.start(with(precision, GapConfig.none(), WeightsChange.RERUN))) {
            threeEvents(forecaster);
            forecaster.weights(PLAIN.weights(1));
            forecaster.process("key", 30, 5);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("rerunKeys")).isEqualTo(1);
            assertThat(forecaster.forecasts().get(3).values()[0]).isEqualTo(hand.event(30, 5));
            assertThat(forecaster.stored("key").state()).isEqualTo(hand.state());
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryPrecision.class)
    void seedFromATimeIsRounded(MemoryPrecision precision) throws Exception {
        float[] seed = {0.1f, 0.2f, 0.3f, 1 / 3f, 0.5001f, 0.6001f, 0.7f, 0.8f, 0.9f, 1e-3f};
        OneKeyByHand hand = byHand(precision);
        System.arraycopy(seed, 0, hand.state(), 0, seed.length);
        StepTools.precision(precision).round(hand.state(), 0, seed.length);
        try (var forecaster = TestingForecaster.start(with(precision))) {
            threeEvents(forecaster);
            forecaster.control(Control.seed("key", Map.of("lstm", seed)).from(25));
            forecaster.process("key", 30, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(3).values()[0]).isEqualTo(hand.event(30, 5));
            assertThat(forecaster.stored("key").state()).isEqualTo(hand.state());
        }
    }

    private static OneKeyByHand byHand(MemoryPrecision precision) {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.round(StepTools.precision(precision));
        for (int i = 0; i < 3; i++) {
            hand.event(10L * i, Math.sin(i));
        }
        return hand;
    }

    private static void threeEvents(TestingForecaster forecaster) throws Exception {
        for (int i = 0; i < 3; i++) {
            forecaster.process("key", 10L * i, Math.sin(i));
        }
    }

    private static ForecasterSetup with(
            MemoryPrecision precision, GapConfig gaps, WeightsChange change) {
        return with(precision)
                .sequence(
                        new SequenceConfig(
                                SequenceConfig.plain().order(), 0, gaps, null, change, 3));
    }

    @Test
    void roundedForecastsDifferFromThoseThatAreNot() throws Exception {
        List<Forecast<String>> exact = run(PLAIN);

        assertThat(run(with(MemoryPrecision.BFLOAT16))).isNotEqualTo(exact);
        assertThat(run(with(MemoryPrecision.FLOAT16))).isNotEqualTo(exact);
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryPrecision.class,
            names = {"BFLOAT16", "FLOAT16"})
    void stateTakesHalfTheBytes(MemoryPrecision precision) throws Exception {
        ForecasterSetup setup = PLAIN.network("lstm(64) dense(1)");
        KeyMemory memory;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("key", 0, 1);
            forecaster.checkpoint();
            memory = forecaster.stored("key");
        }

        int full = bytes(setup, memory, Precision.FLOAT32);
        int half = bytes(setup, memory, StepTools.precision(precision));

        assertThat(full - half).isEqualTo(2 * 128 - 1); // one byte names the precision
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, BFLOAT16",
        "BFLOAT16, FLOAT32",
        "FLOAT16, BFLOAT16",
        "BFLOAT16, FLOAT16",
        "FLOAT32, FLOAT16"
    })
    void precisionMayChangeAcrossARestore(MemoryPrecision before, MemoryPrecision after)
            throws Exception {
        for (ForecasterSetup setup : List.of(PLAIN, PLAIN.hardlyResident().onRocksDb())) {
            OneKeyByHand hand = new OneKeyByHand(PLAIN);
            hand.round(StepTools.precision(before));
            OperatorSubtaskState state;
            try (var forecaster = TestingForecaster.start(with(setup, before))) {
                for (int i = 0; i < 5; i++) {
                    forecaster.process("key", i, Math.sin(i));
                    hand.event(i, Math.sin(i));
                }
                state = forecaster.checkpoint();
            }
            hand.round(StepTools.precision(after));
            StepTools.precision(after).round(hand.state(), 0, 10);
            try (var forecaster = TestingForecaster.restore(with(setup, after), state)) {
                forecaster.control(Control.report("key"));
                // An order changes the memory, so that it is written before it is stepped.
                forecaster.control(Control.reset("key").from(1_000));
                forecaster.process("other", 0, 0);
                forecaster.process("key", 5, 1);
                forecaster.checkpoint();

                assertThat(forecaster.reports().get(0).state().get("lstm")).isEqualTo(hand.state());
                assertThat(forecaster.forecasts())
                        .filteredOn(forecast -> forecast.key().equals("key"))
                        .singleElement()
                        .extracting(forecast -> forecast.values()[0])
                        .isEqualTo(hand.event(5, 1));
            }
        }
    }

    private static int bytes(ForecasterSetup setup, KeyMemory memory, Precision precision)
            throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        KeyMemorySerializer.of(setup.shape(), precision).serialize(memory, out);
        return out.length();
    }

    private static List<Forecast<String>> run(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            fill(forecaster, 0);
            fill(forecaster, 10);
            forecaster.checkpoint();
            return forecaster.forecasts();
        }
    }

    private static void fill(TestingForecaster forecaster, long from) throws Exception {
        for (int i = 0; i < 30; i++) {
            forecaster.process("key-" + i % 3, from + i, Math.sin(i));
        }
    }

    private static ForecasterSetup with(MemoryPrecision precision) {
        return with(PLAIN, precision);
    }

    private static ForecasterSetup with(ForecasterSetup setup, MemoryPrecision precision) {
        MemoryConfig memory = setup.memory();
        return setup.memory(
                new MemoryConfig(
                        memory.residentSize(),
                        memory.residentKeys(),
                        precision,
                        memory.stateLimit()));
    }
}
