package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.SequenceConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Events without a target that the key's own forecast stands in for. */
class FeedbackTest {

    private static final ForecasterSetup PLAIN =
            ForecasterSetup.plain().columns("value=value|log, change=value|diff, other=o");

    /** Of a key's events these many have a target, and these many follow without one. */
    private static final int PROMPT = 5;

    private static final int FREE = 6;

    static Stream<ForecasterSetup> backends() {
        return Stream.of(
                PLAIN,
                PLAIN.onRocksDb(),
                PLAIN.hardlyResident(),
                PLAIN.onRocksDb().hardlyResident(),
                PLAIN.withObjectReuse());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void forecastsEqualThoseOfARunThatIsToldItsForecasts(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> free = run(setup, prompted("key"));

        List<Event<String>> told = new ArrayList<>(prompted("key"));
        for (int i = PROMPT; i < told.size(); i++) {
            double fedBack = free.get(i - 1).rawValues()[0];
            told.set(i, Event.of("key", i, fedBack, i));
        }
        List<Forecast<String>> expected = run(setup, told);
        assertThat(free).hasSize(PROMPT + FREE);
        for (int i = 0; i < free.size(); i++) {
            assertThat(free.get(i).values()).isEqualTo(expected.get(i).values());
            assertThat(free.get(i).step()).isEqualTo(i + 1);
            boolean judged = i > 0 && i < PROMPT;
            assertThat(Double.isNaN(free.get(i).error())).isEqualTo(!judged);
            assertThat(Double.isNaN(free.get(i).persistenceError())).isEqualTo(!judged);
        }
        assertThat(free.get(PROMPT + 1).values()).isNotEqualTo(free.get(PROMPT).values());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true", "8, false", "64, true"})
    void batchesChangeNothing(int maxRows, boolean rocksDb) throws Exception {
        ForecasterSetup setup = rocksDb ? PLAIN.onRocksDb() : PLAIN;
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < PROMPT + FREE; i++) {
            for (String key : List.of("a", "b", "c")) {
                events.add(prompted(key).get(i));
            }
        }

        List<Forecast<String>> batched = run(setup.maxRows(maxRows), events);

        for (String key : List.of("a", "b", "c")) {
            assertThat(of(key, batched)).isEqualTo(run(setup.maxRows(1), prompted(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void restoredKeyRunsOnAsIfNeverStopped(ForecasterSetup setup) throws Exception {
        List<Event<String>> events = prompted("key");
        int half = PROMPT + 2;

        List<Forecast<String>> restored = new ArrayList<>();
        OperatorSubtaskState state;
        try (var forecaster = start(setup)) {
            state = processed(forecaster, events.subList(0, half));
            restored.addAll(forecaster.forecasts());
        }
        try (var forecaster = TestingForecaster.of(job(setup), 1, 0, List.of(state))) {
            processed(forecaster, events.subList(half, events.size()));
            restored.addAll(forecaster.forecasts());
        }

        assertThat(restored).isEqualTo(run(setup, events));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyThatGoesBackKeepsWhatWasFedBack(ForecasterSetup setup) throws Exception {
        ForecasterSetup rewinding = setup.sequence(rewinding(20, null));
        List<Event<String>> events = prompted("key");
        Event<String> late = Event.of("key", 2, 5.5, 1);
        List<Forecast<String>> first = run(rewinding, events);
        List<Event<String>> inPlace = new ArrayList<>(events);
        for (int i = PROMPT; i < inPlace.size(); i++) {
            inPlace.set(i, Event.of("key", i, first.get(i - 1).rawValues()[0], i));
        }
        inPlace.add(3, late);
        List<Forecast<String>> expected = run(rewinding, inPlace);

        try (var forecaster = start(rewinding)) {
            OperatorSubtaskState state = processed(forecaster, events);
            try (var back = TestingForecaster.of(job(rewinding), 1, 0, List.of(state))) {
                processed(back, List.of(late));

                List<Forecast<String>> corrections = back.forecasts();
                assertThat(corrections).hasSize(1 + events.size() - 3);
                for (int i = 0; i < corrections.size(); i++) {
                    Forecast<String> correction = corrections.get(i);
                    assertThat(correction.values()).isEqualTo(expected.get(3 + i).values());
                    assertThat(Double.isNaN(correction.error()))
                            .isEqualTo(correction.time() >= PROMPT);
                }
            }
        }
    }

    @Test
    void lateEventWithoutATargetTakesTheForecastOfItsPlace() throws Exception {
        ForecasterSetup setup = PLAIN.sequence(rewinding(20, null));
        List<Event<String>> events = prompted("key").subList(0, PROMPT);

        try (var forecaster = start(setup)) {
            processed(forecaster, events);
            processed(forecaster, List.of(Event.of("key", 2, Double.NaN, 7)));

            List<Forecast<String>> forecasts = forecaster.forecasts();
            double fedBack = forecasts.get(2).rawValues()[0];
            List<Event<String>> inPlace = new ArrayList<>(events);
            inPlace.add(3, Event.of("key", 2, fedBack, 7));
            assertThat(forecasts.get(PROMPT).values())
                    .isEqualTo(run(setup, inPlace).get(3).values());
            assertThat(forecasts.get(PROMPT).error()).isNaN();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keyWithoutAForecastRejectsTheEventWhichChangesNothing(ForecasterSetup setup)
            throws Exception {
        try (var forecaster = start(setup)) {
            processed(forecaster, List.of(Event.of("key", 0, Double.NaN, 1)));
            KeyMemory untouched = forecaster.stored("key");
            processed(forecaster, prompted("key"));

            assertThat(untouched).isNull();
            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause, Rejected::field, Rejected::reason)
                    .containsExactly(
                            tuple(
                                    Rejected.Cause.EMPTY_NUMBER,
                                    "value",
                                    "column value: field value is empty, and its key has no forecast"
                                            + " to take its place; need a finite number"));
            assertThat(forecaster.forecasts()).isEqualTo(run(setup, prompted("key")));
        }
    }

    @Test
    void forgottenKeyHasNoForecastAnyMore() throws Exception {
        ForecasterSetup setup = PLAIN.sequence(rewinding(0, Duration.ofSeconds(1)));
        try (var forecaster = start(setup)) {
            processed(forecaster, prompted("key"));

            processed(forecaster, List.of(Event.of("key", 10_000, Double.NaN, 1)));

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.forecasts()).hasSize(PROMPT + FREE);
        }
    }

    @Test
    void otherEmptyFieldsRejectTheEvent() throws Exception {
        try (var forecaster = start(PLAIN)) {
            processed(forecaster, prompted("key"));

            processed(forecaster, List.of(Event.of("key", 100, Double.NaN, Double.NaN)));

            assertThat(forecaster.rejected())
                    .extracting(Rejected::reason)
                    .containsExactly("column other: field o is empty; need a finite number");
        }
    }

    @Test
    void ofClassesTheLikeliestIsFedBack() throws Exception {
        ForecasterSetup setup =
                ForecasterSetup.plain()
                        .network("embedding(3, 2) lstm(4) dense(3)")
                        .columns("value=value|category(3)");
        TestingJob job =
                new TestingJob(
                        setup.shape(),
                        setup.config()
                                .loss(LossConfig.parse("categorical-cross-entropy"))
                                .missingTarget(MissingTarget.FEEDBACK),
                        setup.weights(3),
                        false,
                        false);
        try (var free = TestingForecaster.of(job, 1, 0, List.of());
                var told = TestingForecaster.of(job, 1, 0, List.of())) {
            free.process("key", 0, 2);
            told.process("key", 0, 2);
            for (int i = 1; i < 6; i++) {
                free.process("key", i, Double.NaN);
                free.checkpoint();
                told.checkpoint();
                told.process("key", i, told.forecasts().get(i - 1).rawValues()[0]);
            }
            told.checkpoint();

            assertThat(free.rejected()).isEmpty();
            assertThat(free.metrics().value("classEvents")).isZero();
            for (int i = 0; i < 6; i++) {
                assertThat(free.forecasts().get(i).values())
                        .isEqualTo(told.forecasts().get(i).values());
            }
        }
    }

    /** The trainer does the same: see {@code WindowCutterTest}. */
    @Test
    void keyThatRunsOnByItsForecastsIsNotForgotten() throws Exception {
        ForecasterSetup forgetting = PLAIN.sequence(rewinding(0, Duration.ofMillis(2)));
        List<Event<String>> events = new ArrayList<>(prompted("key"));
        events.add(Event.of("key", PROMPT + FREE, 2, 1));

        List<Forecast<String>> forecasts = run(forgetting, events);

        assertThat(forecasts).last().extracting(Forecast::step).isEqualTo((long) events.size());
    }

    @Test
    void fedBackEventsSayNothingOfTheError() throws Exception {
        try (var forecaster = start(PLAIN)) {
            processed(forecaster, prompted("key").subList(0, PROMPT));
            double before = forecaster.metrics().value("absoluteErrorSum");

            processed(forecaster, prompted("key").subList(PROMPT, PROMPT + FREE));

            assertThat(before).isPositive();
            assertThat(forecaster.metrics().value("absoluteErrorSum")).isEqualTo(before);
            assertThat(forecaster.metrics().value("forecasts")).isEqualTo(PROMPT + FREE);
        }
    }

    /** A key's events: with targets, then without, but never without the other field. */
    private static List<Event<String>> prompted(String key) {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < PROMPT + FREE; i++) {
            double value = i < PROMPT ? 2 + Math.sin(i + key.length()) : Double.NaN;
            events.add(Event.of(key, i, value, i));
        }
        return events;
    }

    private static List<Forecast<String>> of(String key, List<Forecast<String>> forecasts) {
        return forecasts.stream().filter(forecast -> forecast.key().equals(key)).toList();
    }

    private static List<Forecast<String>> run(ForecasterSetup setup, List<Event<String>> events)
            throws Exception {
        try (var forecaster = start(setup)) {
            processed(forecaster, events);
            return forecaster.forecasts();
        }
    }

    private static OperatorSubtaskState processed(
            TestingForecaster forecaster, List<Event<String>> events) throws Exception {
        for (Event<String> event : events) {
            forecaster.process(event);
        }
        return forecaster.checkpoint();
    }

    private static TestingForecaster start(ForecasterSetup setup) throws Exception {
        return TestingForecaster.of(job(setup), 1, 0, List.of());
    }

    private static TestingJob job(ForecasterSetup setup) {
        return new TestingJob(
                setup.shape(),
                setup.config().missingTarget(MissingTarget.FEEDBACK),
                setup.weights(0),
                setup.rocksDb(),
                setup.objectReuse());
    }

    private static SequenceConfig rewinding(int steps, Duration timeToLive) {
        SequenceConfig plain = SequenceConfig.plain();
        return new SequenceConfig(
                plain.order(),
                steps,
                plain.gaps(),
                timeToLive,
                plain.weightsChange(),
                plain.rerunSteps());
    }
}
