package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs that go on with another {@code cellstream.late.rewind-steps}: ten events before, ten after.
 */
class ChangedRewindTest {

    private static final int EVENTS = 10;

    static Stream<ForecasterSetup> backends() {
        return Stream.of(ForecasterSetup.plain(), ForecasterSetup.plain().onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyGoesBackNoFurtherThanTwiceTheSmallerNumber(ForecasterSetup plain) throws Exception {
        Event<String> late = lateOver(5);
        try (var forecaster = restored(with(plain, 8), with(plain, 2))) {
            events(forecaster, EVENTS, 2 * EVENTS);
            forecaster.process(late);
            forecaster.checkpoint();

            assertThat(forecaster.late()).containsExactly(late);
            assertThat(corrections(forecaster)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyGoesBackOverTheLargerNumber(ForecasterSetup plain) throws Exception {
        Event<String> late = lateOver(8);
        try (var forecaster = restored(with(plain, 2), with(plain, 8));
                var undisturbed = TestingForecaster.start(plain)) {
            events(forecaster, EVENTS, 2 * EVENTS);
            forecaster.process(late);
            forecaster.checkpoint();

            events(undisturbed, 0, 2 * EVENTS - 8);
            undisturbed.process(late);
            events(undisturbed, 2 * EVENTS - 8, 2 * EVENTS);
            undisturbed.checkpoint();
            assertThat(forecaster.late()).isEmpty();
            assertThat(corrections(forecaster)).hasSize(8);
            assertThat(forecaster.forecasts().subList(EVENTS, EVENTS + 9))
                    .extracting(forecast -> forecast.withCorrection(false))
                    .isEqualTo(undisturbed.forecasts().subList(2 * EVENTS - 8, 2 * EVENTS + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyDoesNotGoBackOverItsFirstEventWithAnotherNumber(ForecasterSetup plain)
            throws Exception {
        Event<String> late = lateOver(EVENTS);
        try (var forecaster = restored(with(plain, 20), with(plain, 16))) {
            events(forecaster, EVENTS, 2 * EVENTS);
            forecaster.process(late);
            forecaster.checkpoint();

            assertThat(forecaster.late()).containsExactly(late);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyGoesBackNoMoreOnceThatIsTurnedOff(ForecasterSetup plain) throws Exception {
        Event<String> atOnce = Event.of("key", 10L * EVENTS - 15, 3);
        Event<String> later = lateOver(1);
        try (var forecaster = restored(with(plain, 8), with(plain, 0))) {
            forecaster.process(atOnce);
            events(forecaster, EVENTS, 2 * EVENTS);
            forecaster.process(later);
            forecaster.checkpoint();

            assertThat(forecaster.late()).containsExactly(atOnce, later);
            assertThat(corrections(forecaster)).isEmpty();
            assertThat(forecaster.stored("key").history()).isNull();
        }
    }

    /** A forecaster that goes on with {@code now} after ten events with {@code before}. */
    private static TestingForecaster restored(ForecasterSetup before, ForecasterSetup now)
            throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(before)) {
            events(forecaster, 0, EVENTS);
            state = forecaster.checkpoint();
        }
        return TestingForecaster.restore(now, state);
    }

    private static void events(TestingForecaster forecaster, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            forecaster.process("key", 10L * i, Math.sin(i) + i);
        }
    }

    /** An event that belongs before the last so many of all twenty. */
    private static Event<String> lateOver(int events) {
        return Event.of("key", 10L * (2 * EVENTS - events) - 5, 3);
    }

    private static List<Forecast<String>> corrections(TestingForecaster forecaster) {
        return forecaster.forecasts().stream().filter(Forecast::correction).toList();
    }

    private static ForecasterSetup with(ForecasterSetup setup, int rewindSteps) {
        return setup.sequence(
                new SequenceConfig(
                        SequenceConfig.plain().order(),
                        rewindSteps,
                        GapConfig.none(),
                        null,
                        WeightsChange.KEEP,
                        20));
    }
}
