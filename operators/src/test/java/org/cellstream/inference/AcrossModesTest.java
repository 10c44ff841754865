package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.junit.jupiter.api.Test;

/** Keys whose job was restored in another mode, or with other options about time. */
class AcrossModesTest {

    private static final SequenceConfig SEQUENCES =
            SequenceConfig.plain().mode(ModeConfig.sequence(SequenceOutput.EVERY_STEP, 5));

    @Test
    void reportOfASequenceThatIsRunWholeIsTheSameAfterARestore() throws Exception {
        MemoryConfig plain = MemoryConfig.plain();
        ForecasterSetup setup =
                ForecasterSetup.plain()
                        .sequence(SEQUENCES)
                        .network("bidirectional(lstm(3)) dense(1)")
                        .memory(
                                new MemoryConfig(
                                        plain.residentSize(),
                                        null,
                                        MemoryPrecision.BFLOAT16,
                                        plain.stateLimit()));
        OperatorSubtaskState state;
        float[] before;
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process(Event.of("key", 0, 1).marked(Marks.NONE.start()));
            forecaster.process(Event.of("key", 1, 3));
            forecaster.process(Event.of("key", 2, 2).marked(Marks.NONE.end()));
            state = forecaster.checkpoint();
            forecaster.control(Control.report("key"));
            before = forecaster.reports().get(0).state().values().iterator().next();
        }
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            forecaster.control(Control.report("key"));
            assertThat(forecaster.reports().get(0).state().values().iterator().next())
                    .isEqualTo(before);
        }
    }

    private static SequenceConfig rewinding(int steps) {
        return new SequenceConfig(
                SequenceConfig.plain().order(),
                steps,
                GapConfig.none(),
                null,
                WeightsChange.KEEP,
                20);
    }

    @Test
    void wayBackOfWindowsLeadsOverNoSequenceThatIsRunWhole() throws Exception {
        ForecasterSetup windows =
                ForecasterSetup.plain()
                        .network("bidirectional(lstm(3)) dense(1)")
                        .sequence(rewinding(8).mode(ModeConfig.window(5)));
        ForecasterSetup sequences = windows.sequence(SEQUENCES);
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(windows)) {
            for (int i = 0; i < 6; i++) {
                forecaster.process("key", 10L * i, i % 3);
            }
            state = forecaster.checkpoint();
        }
        try (var forecaster = TestingForecaster.restore(sequences, state)) {
            forecaster.process(Event.of("key", 60, 1).marked(Marks.NONE.start()));
            forecaster.process(Event.of("key", 70, 3));
            forecaster.process(Event.of("key", 80, 2).marked(Marks.NONE.end()));
            state = forecaster.checkpoint();
            assertThat(forecaster.forecasts()).hasSize(3);
        }
        try (var forecaster = TestingForecaster.restore(windows, state)) {
            forecaster.process("key", 90, 1);
            forecaster.process("key", 85, 1);
            forecaster.checkpoint();
            assertThat(forecaster.stored("key").step()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void orderThatWaitsSurvivesAWayBackThatWasTurnedOnSince() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(ForecasterSetup.plain())) {
            forecaster.control(Control.reset("key").from(100));
            state = forecaster.checkpoint();
        }
        for (boolean late : new boolean[] {false, true}) {
            try (var forecaster =
                    TestingForecaster.restore(
                            ForecasterSetup.plain().sequence(rewinding(8)), state)) {
                forecaster.process("key", 10, 1);
                forecaster.process("key", 20, 2);
                if (late) {
                    forecaster.process("key", 15, 2);
                }
                forecaster.process("key", 150, 2);
                forecaster.checkpoint();
                List<Forecast<String>> forecasts = forecaster.forecasts();
                assertThat(forecasts.get(forecasts.size() - 1).stepsSinceReset())
                        .as("late " + late)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void forgottenKeyHasNoEventsThatAJobBeforeHeld() throws Exception {
        OperatorSubtaskState state;
        ForecasterSetup plain = ForecasterSetup.plain();
        try (var forecaster =
                TestingForecaster.start(
                        plain.timing(TimingConfig.byEpoch(Duration.ofMillis(10))))) {
            forecaster.process("key", 25, 1);
            state = forecaster.checkpoint();
            assertThat(forecaster.forecasts()).isEmpty();
        }
        try (var forecaster = TestingForecaster.restore(plain, state)) {
            forecaster.control(Control.forget("key"));
            forecaster.eventWatermark(100);
            forecaster.checkpoint();
            assertThat(forecaster.forecasts()).isEmpty();
        }
    }
}
