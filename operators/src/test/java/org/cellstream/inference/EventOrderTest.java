package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that are stepped in the order of their times, and the end of event time. */
class EventOrderTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();
    private static final ForecasterSetup ORDERED =
            PLAIN.sequence(
                    new SequenceConfig(
                            EventOrder.EVENT_TIME,
                            0,
                            GapConfig.none(),
                            null,
                            SequenceConfig.plain().weightsChange(),
                            20));

    @Test
    void eventIsHeldUntilTheWatermarkHasPassedIt() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key", 10, 1);
            forecaster.checkpoint();
            forecaster.passMillis(1_000);
            forecaster.eventWatermark(9);
            assertThat(forecaster.forecasts()).isEmpty();
            assertThat(forecaster.metrics().value("heldEvents")).isEqualTo(1);
            assertThat(forecaster.metrics().value("releasedEvents")).isZero();

            forecaster.eventWatermark(10);

            assertThat(forecaster.forecasts()).hasSize(1);
            assertThat(forecaster.metrics().value("releasedEvents")).isEqualTo(1);
            assertThat(forecaster.eventTimers()).isZero();
        }
    }

    @Test
    void forgettingAKeyDropsWhatIsHeldOfIt() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key", 10, 1);
            forecaster.process("key", 11, 2);
            forecaster.process("other", 10, 1);
            forecaster.control(Control.forget("key"));
            forecaster.process("key", 11, 3);
            forecaster.eventWatermark(11);

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::key, Forecast::time, Forecast::step)
                    .containsExactlyInAnyOrder(tuple("other", 10L, 1L), tuple("key", 11L, 1L));
            assertThat(forecaster.metrics().value("releasedEvents")).isEqualTo(4);
        }
    }

    @Test
    void forecastsLeaveBeforeTheWatermarkThatReleasedThem() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key", 10, 1);
            forecaster.eventWatermark(12);

            assertThat(forecaster.output().get(0)).isInstanceOf(StreamRecord.class);
            assertThat(forecaster.output().get(1)).isEqualTo(new Watermark(12));
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void eventsOutOfOrderEqualTheSameEventsInOrder(ForecasterSetup setup) throws Exception {
        List<Event<String>> shuffled = shuffled();
        try (var forecaster = TestingForecaster.start(setup)) {
            for (int i = 0; i < shuffled.size(); i++) {
                forecaster.process(shuffled.get(i));
                if (i % 10 == 9) {
                    forecaster.eventWatermark(i - 10);
                }
            }
            forecaster.eventWatermark(Long.MAX_VALUE);

            assertThat(forecaster.late()).isEmpty();
            assertThat(sorted(forecaster.forecasts())).isEqualTo(inOrder());
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void heldEventsAndTheirTimersSurviveAFailureAtEveryEvent(ForecasterSetup setup)
            throws Exception {
        List<Forecast<String>> forecasts = new ArrayList<>();
        List<Event<String>> shuffled = shuffled();
        OperatorSubtaskState state = null;
        for (int from = 0; from < shuffled.size(); from += 15) {
            try (var forecaster =
                    state == null
                            ? TestingForecaster.start(setup)
                            : TestingForecaster.restore(setup, state)) {
                for (int i = from; i < from + 15; i++) {
                    forecaster.process(shuffled.get(i));
                    if (i % 10 == 9) {
                        forecaster.eventWatermark(i - 10);
                    }
                }
                state = forecaster.checkpoint();
                forecasts.addAll(forecaster.forecasts());
            }
        }
        try (var forecaster = TestingForecaster.restore(setup, state)) {
            forecaster.eventWatermark(Long.MAX_VALUE);
            forecasts.addAll(forecaster.forecasts());
        }

        assertThat(sorted(forecasts)).isEqualTo(inOrder());
    }

    static Stream<ForecasterSetup> setups() {
        return Stream.of(ORDERED, ORDERED.hardlyResident().onRocksDb(), ORDERED.withObjectReuse());
    }

    @Test
    void eventsOfEqualTimeAreSteppedInOrderOfArrival() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED);
                var arrival = TestingForecaster.start(PLAIN)) {
            for (var each : List.of(forecaster, arrival)) {
                each.process("key", 10, 3);
                each.process("key", 10, 1);
                each.process("key", 10, 2);
                each.eventWatermark(10);
            }

            assertThat(forecaster.forecasts()).isEqualTo(arrival.forecasts());
        }
    }

    @Test
    void eventBehindTheWatermarkIsLateOnlyIfItsKeyIsPastIt() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key-1", 10, 1);
            forecaster.process("key-2", 20, 1);
            forecaster.eventWatermark(25);
            forecaster.process("key-1", 15, 2);
            forecaster.process("key-2", 15, 3);
            forecaster.eventWatermark(30);

            assertThat(forecaster.late()).containsExactly(Event.of("key-2", 15, 3));
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::time)
                    .containsExactly(10L, 20L, 15L);
            assertThat(forecaster.metrics().value("late")).isEqualTo(1);
        }
    }

    @Test
    void eventsAreSteppedAsTheyArriveByDefault() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN.maxRows(1))) {
            forecaster.process("key", 10, 1);
            forecaster.process("key", 5, 1);

            assertThat(forecaster.forecasts()).extracting(Forecast::time).containsExactly(10L);
            assertThat(forecaster.late()).hasSize(1);
        }
    }

    @Test
    void orderAndWeightsOfEpochsGoTogether() throws Exception {
        ForecasterSetup setup = ORDERED.timing(TimingConfig.byEpoch(Duration.ofMillis(10)));
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process("key", 12, 2);
            forecaster.process("key", 3, 1);
            forecaster.eventWatermark(20);
            forecaster.weights(setup.weights(1, 0));
            forecaster.trainerWatermark(20);

            assertThat(forecaster.forecasts()).extracting(Forecast::time).containsExactly(3L, 12L);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::weightsNumber)
                    .containsExactly(0L, 1L);
        }
    }

    @Test
    void eventsBehindTheWatermarkDoNotDependOnHowFarTheTrainerIs() throws Exception {
        ForecasterSetup setup = ORDERED.timing(TimingConfig.byEpoch(Duration.ofMillis(10)));
        try (var ahead = TestingForecaster.start(setup);
                var behind = TestingForecaster.start(setup)) {
            ahead.trainerWatermark(39);
            for (var forecaster : List.of(ahead, behind)) {
                forecaster.process("key", 12, 1);
                forecaster.eventWatermark(19);
                forecaster.process("key", 15, 3);
                forecaster.process("key", 13, 4);
                forecaster.process("other", 14, 2);
                forecaster.eventWatermark(29);
            }
            behind.trainerWatermark(39);

            assertThat(behind.forecasts()).containsExactlyInAnyOrderElementsOf(ahead.forecasts());
            assertThat(behind.late())
                    .isEqualTo(ahead.late())
                    .containsExactly(Event.of("key", 13, 4));
        }
    }

    @Test
    void everythingHeldIsSteppedAtTheEnd() throws Exception {
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key", 10, 1);
            forecaster.eventWatermark(Long.MAX_VALUE);
            forecaster.end();

            assertThat(forecaster.forecasts()).hasSize(1);
        }
    }

    @Test
    void eventTimeStartsAnewAfterADrainOnly() throws Exception {
        OperatorSubtaskState stopped;
        OperatorSubtaskState drained;
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.process("key", 10, 1);
            forecaster.eventWatermark(1_000);
            stopped = forecaster.checkpoint();
            forecaster.eventWatermark(Long.MAX_VALUE);
            forecaster.end();
            drained = forecaster.checkpoint();
        }

        assertThat(heldAfter(stopped)).isZero();
        assertThat(heldAfter(drained)).isEqualTo(1);
    }

    @Test
    void drainIsForgottenOnceTheNextRunHasTakenACheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(ORDERED)) {
            forecaster.eventWatermark(Long.MAX_VALUE);
            forecaster.end();
            state = forecaster.checkpoint();
        }
        try (var forecaster = TestingForecaster.restore(ORDERED, state)) {
            forecaster.eventWatermark(1_000);
            state = forecaster.checkpoint();
        }

        assertThat(heldAfter(state)).isZero();
    }

    /** Events that are held of one at 900. */
    private static double heldAfter(OperatorSubtaskState state) throws Exception {
        try (var forecaster = TestingForecaster.restore(ORDERED, state)) {
            forecaster.process("other", 900, 1);
            return forecaster.metrics().value("heldEvents");
        }
    }

    /** Sixty events of three keys, each up to nine places from where it belongs. */
    private static List<Event<String>> shuffled() {
        List<Event<String>> events = events();
        Random random = new Random(4);
        for (int from = 0; from < events.size(); from += 10) {
            Collections.shuffle(events.subList(from, from + 10), random);
        }
        return events;
    }

    private static List<Event<String>> events() {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(Event.of("key-" + i % 3, i, Math.sin(i)));
        }
        return events;
    }

    private static List<Forecast<String>> inOrder() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            for (Event<String> event : events()) {
                forecaster.process(event);
            }
            forecaster.checkpoint();
            return sorted(forecaster.forecasts());
        }
    }

    private static List<Forecast<String>> sorted(List<Forecast<String>> forecasts) {
        Comparator<Forecast<String>> byKey = Comparator.comparing(Forecast::key);
        return forecasts.stream().sorted(byKey.thenComparing(Forecast::step)).toList();
    }
}
