package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.nn.WindowStepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences from an event that starts one to an event that ends it. */
class SequenceModeTest {

    private static final int MAX_STEPS = 5;
    private static final Marks START = Marks.NONE.start();
    private static final Marks END = Marks.NONE.end();

    private static final ForecasterSetup FORWARD =
            ForecasterSetup.plain().sequence(sequences(SequenceOutput.EVERY_STEP));
    private static final ForecasterSetup BOTH = FORWARD.network("bidirectional(lstm(3)) dense(1)");

    private static SequenceConfig sequences(SequenceOutput output) {
        return SequenceConfig.plain().mode(ModeConfig.sequence(output, MAX_STEPS));
    }

    static Stream<ForecasterSetup> setups() {
        return Stream.of(FORWARD, BOTH)
                .flatMap(
                        setup ->
                                Stream.of(
                                        setup,
                                        setup.maxRows(1),
                                        setup.withObjectReuse(),
                                        setup.onRocksDb().hardlyResident()));
    }

    /** Two sequences of each of two keys, of four and three events. */
    private static List<Event<String>> events() {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            for (String key : List.of("a", "bb")) {
                Marks marks = i == 0 || i == 4 ? START : i == 3 || i == 6 ? END : Marks.NONE;
                events.add(Event.of(key, i, WindowModeTest.value(i + key.length())).marked(marks));
            }
        }
        return events;
    }

    private static List<Forecast<String>> run(ForecasterSetup setup, List<Event<String>> events)
            throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            for (Event<String> event : events) {
                forecaster.process(event);
            }
            forecaster.end();
            assertThat(forecaster.rejected()).isEmpty();
            return List.copyOf(forecaster.forecasts());
        }
    }

    private static List<Forecast<String>> of(String key, List<Forecast<String>> forecasts) {
        return forecasts.stream().filter(forecast -> forecast.key().equals(key)).toList();
    }

    @Test
    void stateGoesOnWithinASequenceAndStartsFromZerosAtTheNext() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(FORWARD);
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            if (i == 4) {
                hand.zeros();
            }
            expected.add(hand.event(i, WindowModeTest.value(i + 1)));
        }

        List<Forecast<String>> forecasts = of("a", run(FORWARD, events()));

        assertThat(forecasts)
                .extracting(forecast -> forecast.values()[0])
                .containsExactlyElementsOf(expected);
        assertThat(forecasts)
                .extracting(Forecast::stepsSinceReset)
                .containsExactly(1L, 2L, 3L, 4L, 1L, 2L, 3L);
    }

    @Test
    void firstForecastOfASequenceIsNotScoredByTheSequenceBefore() throws Exception {
        List<Forecast<String>> forecasts = of("a", run(FORWARD, events()));

        assertThat(forecasts.get(4).error()).isNaN();
        assertThat(forecasts.get(4).persistenceError()).isNaN();
        assertThat(forecasts.get(5).error()).isNotNaN();
        assertThat(forecasts.get(5).persistenceError()).isNotNaN();
    }

    @Test
    void networkThatReadsBothWaysGivesEachStepWhatTheWholeSequenceSays() throws Exception {
        List<Double> expected = new ArrayList<>();
        Intake intake = new Intake(BOTH.shape(), ForecasterSetup.STANDARDISATION);
        KeyMemory memory = intake.newMemory();
        expected.addAll(whole(intake, memory, 0, 4));
        expected.addAll(whole(intake, memory, 4, 7));

        List<Forecast<String>> forecasts = of("a", run(BOTH, events()));

        assertThat(forecasts)
                .extracting(forecast -> forecast.values()[0])
                .containsExactlyElementsOf(expected);
        assertThat(forecasts)
                .extracting(Forecast::time)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(forecasts).allSatisfy(forecast -> assertThat(forecast.error()).isNaN());
    }

    private static List<Double> whole(Intake intake, KeyMemory memory, int from, int to) {
        Network network = BOTH.shape().network();
        Stepper stepper = new Stepper(network, Kernels.scalar(), 1);
        stepper.load(new Weights(network, BOTH.weights(0).values()));
        int steps = to - from;
        float[] inputs = new float[steps * network.inputs()];
        double[] targets = new double[steps];
        double[] scales = new double[steps];
        for (int t = 0; t < steps; t++) {
            double value = WindowModeTest.value(from + t + 1);
            assertThat(
                            intake.take(
                                    Event.of("a", from + t, value),
                                    memory,
                                    inputs,
                                    t * network.inputs()))
                    .isNull();
            targets[t] = intake.target(memory);
            scales[t] = intake.changeScale(memory);
        }
        float[] y =
                new WindowStepper(stepper).runOne(steps, inputs, new float[network.stateSize()]);
        List<Double> values = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            values.add(targets[t] + scales[t] * y[t]);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("setups")
    void batchingBackendAndObjectReuseChangeNothing(ForecasterSetup setup) throws Exception {
        ForecasterSetup plain = setup.network().equals(BOTH.network()) ? BOTH : FORWARD;

        List<Forecast<String>> forecasts = run(setup, events());

        assertThat(forecasts).containsExactlyInAnyOrderElementsOf(run(plain, events()));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoredJobGoesOnWithinASequence(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> expected = run(setup, events());
        for (int at = 1; at < events().size(); at++) {
            List<Forecast<String>> got = new ArrayList<>();
            OperatorSubtaskState state;
            try (var forecaster = TestingForecaster.start(setup)) {
                for (Event<String> event : events().subList(0, at)) {
                    forecaster.process(event);
                }
                state = forecaster.checkpoint();
                got.addAll(forecaster.forecasts());
            }
            try (var forecaster = TestingForecaster.restore(setup, state)) {
                for (Event<String> event : events().subList(at, events().size())) {
                    forecaster.process(event);
                }
                forecaster.end();
                got.addAll(forecaster.forecasts());
            }

            assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void onlyTheEndOfASequenceGetsAForecastWhereThatIsAsked(ForecasterSetup setup)
            throws Exception {
        ForecasterSetup atEnd = setup.sequence(sequences(SequenceOutput.END));

        List<Forecast<String>> forecasts = run(atEnd, events());

        assertThat(forecasts)
                .containsExactlyInAnyOrderElementsOf(
                        run(setup, events()).stream()
                                .filter(forecast -> forecast.time() == 3 || forecast.time() == 6)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void eventOutsideASequenceIsRejected(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process(Event.of("key", 0, 1));
            forecaster.process(Event.of("key", 1, 1).marked(START.end()));
            forecaster.process(Event.of("key", 2, 1).marked(END));
            forecaster.end();

            assertThat(forecaster.forecasts()).extracting(Forecast::time).containsExactly(1L);
            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.SEQUENCE, Rejected.Cause.SEQUENCE);
            assertThat(forecaster.rejected().get(0).reason()).contains("in no sequence");
        }
    }

    @Test
    void sequenceThatIsTooLongToBeRunWholeEndsInRejections() throws Exception {
        try (var forecaster = TestingForecaster.start(BOTH)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            for (int i = 1; i <= MAX_STEPS; i++) {
                forecaster.process(Event.of("key", i, i));
            }
            forecaster.process(Event.of("key", 9, 1).marked(START.end()));
            forecaster.end();

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.rejected().get(0).reason()).contains("one more than the 5");
            assertThat(forecaster.forecasts()).extracting(Forecast::time).containsExactly(9L);
            assertThat(forecaster.metrics().value("droppedSequences")).isEqualTo(1);
        }
    }

    /** The trainer does the same: see {@code TrainerModesTest}. */
    @Test
    void gapMakesRoomInASequenceThatIsFull() throws Exception {
        SequenceConfig plain = SequenceConfig.plain();
        SequenceConfig gaps =
                new SequenceConfig(
                        plain.order(),
                        0,
                        new GapConfig(Duration.ofMillis(1), MissingSteps.MASK, 2),
                        null,
                        plain.weightsChange(),
                        20);
        ForecasterSetup setup = BOTH.sequence(gaps.mode(BOTH.sequence().mode()));
        try (var forecaster = TestingForecaster.start(setup)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            for (int i = 1; i < MAX_STEPS; i++) {
                forecaster.process(Event.of("key", 2L * i, i)); // one missed before each
            }
            forecaster.process(Event.of("key", 2L * MAX_STEPS, 1));
            forecaster.checkpoint();
            assertThat(forecaster.rejected()).hasSize(1);

            forecaster.process(Event.of("key", 2L * MAX_STEPS + 2, 2));
            forecaster.process(Event.of("key", 2L * MAX_STEPS + 3, 1));
            forecaster.process(Event.of("key", 2L * MAX_STEPS + 4, 4).marked(END));
            forecaster.end();

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.forecasts())
                    .extracting(Forecast::time)
                    .containsExactly(12L, 13L, 14L);
        }
    }

    @Test
    void rejectedEventIsNoPartOfItsSequence() throws Exception {
        List<Event<String>> withBad = new ArrayList<>(events());
        withBad.add(3, Event.of("a", 1, Double.NaN));
        List<Forecast<String>> expected = run(BOTH, events());

        try (var forecaster = TestingForecaster.start(BOTH)) {
            for (Event<String> event : withBad) {
                forecaster.process(event);
            }
            forecaster.end();

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.forecasts()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void sequenceThatIsNotFiniteIsRejectedEventByEvent() throws Exception {
        ForecasterSetup setup = BOTH.columns("value, kind");
        String network = "embedding(2, 2) bidirectional(lstm(3)) dense(1)";
        try (var forecaster = TestingForecaster.start(setup.network(network))) {
            forecaster.process(Event.of("key", 0, 1, 900).marked(START));
            forecaster.process(Event.of("key", 1, 2, 0).marked(END));
            forecaster.end();

            assertThat(forecaster.forecasts()).isEmpty();
            assertThat(forecaster.rejected())
                    .extracting(Rejected::cause)
                    .containsOnly(Rejected.Cause.NOT_FINITE)
                    .hasSize(2);
        }
    }

    /** Keys are forgotten after a hundred milliseconds. */
    private static final ForecasterSetup FORGETTING =
            BOTH.sequence(
                    new SequenceConfig(
                                    SequenceConfig.plain().order(),
                                    0,
                                    GapConfig.none(),
                                    Duration.ofMillis(100),
                                    SequenceConfig.plain().weightsChange(),
                                    20)
                            .mode(ModeConfig.sequence(SequenceOutput.EVERY_STEP, MAX_STEPS)));

    /** Weights with which nothing is finite. */
    private static WeightUpdate poison() {
        WeightUpdate good = BOTH.weights(1);
        float[] values = good.values().clone();
        Arrays.fill(values, Float.NaN);
        return new WeightUpdate(1, 1, good.network(), WeightUpdate.AT_ARRIVAL, values);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "10, 3", "1000, 1", "1000, 3"}) // at 1000 the key is expired
    void keyIsAsBeforeASequenceThatIsNotFinite(long time, int length) throws Exception {
        try (var forecaster = TestingForecaster.start(FORGETTING)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            forecaster.process(Event.of("key", 1, 3).marked(END));
            forecaster.checkpoint();
            KeyMemory before = forecaster.stored("key").copy();
            List<Double> counted = counted(forecaster);
            forecaster.weights(poison());

            for (int i = 0; i < length; i++) {
                Marks marks = i == 0 ? START : Marks.NONE;
                Event<String> event = Event.of("key", time + i, i);
                forecaster.process(event.marked(i == length - 1 ? marks.end() : marks));
            }
            forecaster.checkpoint();

            assertThat(forecaster.rejected()).hasSize(length);
            assertThat(forecaster.stored("key")).isEqualTo(before);
            assertThat(counted(forecaster)).isEqualTo(counted);
            assertThat(forecaster.metrics().value("quarantinedEvents")).isEqualTo(length);
        }
    }

    private static List<Double> counted(TestingForecaster forecaster) {
        return Stream.of("forecasts", "coldKeys", "expiredKeys", "droppedSequences")
                .map(name -> forecaster.metrics().value(name))
                .toList();
    }

    @Test
    void sequenceThatWaitsGoesOnAfterOneEventThatIsNotFinite() throws Exception {
        try (var forecaster = TestingForecaster.start(BOTH)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            forecaster.weights(poison());
            forecaster.process(Event.of("key", 1, 1).marked(START.end()));
            forecaster.weights(BOTH.weights(2));
            forecaster.process(Event.of("key", 2, 3).marked(END));
            forecaster.end();

            assertThat(forecaster.forecasts()).extracting(Forecast::time).containsExactly(0L, 2L);
            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.metrics().value("droppedSequences")).isZero();
        }
    }

    @Test
    void orderOfAKeyNeverSeenOutlivesASequenceThatIsNotFinite() throws Exception {
        try (var forecaster = TestingForecaster.start(BOTH)) {
            forecaster.control(Control.reset("key").from(500));
            forecaster.weights(poison());
            forecaster.process(Event.of("key", 0, 1).marked(START.end()));
            forecaster.checkpoint();

            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(forecaster.stored("key").orders()).isNotNull();
            assertThat(forecaster.stored("key").step()).isZero();
        }
    }

    @Test
    void expiredKeysSequenceIsRunLikeThatOfOneNeverSeen() throws Exception {
        try (var forecaster = TestingForecaster.start(FORGETTING)) {
            forecaster.process(Event.of("key", 0, 5).marked(START.end()));
            for (String key : List.of("key", "fresh")) {
                forecaster.process(Event.of(key, 1000, 1).marked(START));
                forecaster.process(Event.of(key, 1001, 3).marked(END));
            }
            forecaster.end();

            List<Forecast<String>> back = of("key", forecaster.forecasts()).subList(1, 3);
            assertThat(back)
                    .map(forecast -> forecast.toString().replace("key", "fresh"))
                    .isEqualTo(
                            of("fresh", forecaster.forecasts()).stream()
                                    .map(Forecast::toString)
                                    .toList());
            assertThat(forecaster.metrics().value("expiredKeys")).isEqualTo(1);
            assertThat(forecaster.metrics().value("coldKeys")).isEqualTo(3);
        }
    }

    /** A sequence that is stepped goes on in a network that reads it whole from there on. */
    @Test
    void sequenceOfAnotherNetworkGoesOnWithTheEventsThatFollow() throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = TestingForecaster.start(FORWARD)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            forecaster.process(Event.of("key", 1, 3));
            state = forecaster.checkpoint();
        }
        try (var forecaster = TestingForecaster.restore(BOTH, state)) {
            forecaster.process(Event.of("key", 2, 2).marked(END));
            forecaster.end();

            assertThat(forecaster.forecasts()).extracting(Forecast::step).containsExactly(3L);
        }
    }

    @Test
    void resetWithinASequenceLetsItStartAnew() throws Exception {
        for (ForecasterSetup setup : List.of(FORWARD, BOTH)) {
            try (var forecaster = TestingForecaster.start(setup)) {
                forecaster.process(Event.of("key", 0, 1).marked(START));
                forecaster.process(Event.of("key", 1, 3));
                forecaster.control(Control.reset("key"));
                forecaster.process(Event.of("key", 2, 2).marked(END));
                forecaster.end();

                List<Forecast<String>> forecasts = forecaster.forecasts();
                Forecast<String> last = forecasts.get(forecasts.size() - 1);
                assertThat(last.cold()).isTrue();
                assertThat(last.step()).isEqualTo(3);
            }
        }
    }

    @Test
    void seededSequenceGoesOnFromItsSeed() throws Exception {
        float[] seed = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1};
        OneKeyByHand hand = new OneKeyByHand(FORWARD);
        hand.event(0, 1);
        System.arraycopy(seed, 0, hand.state(), 0, seed.length);
        double expected = hand.event(1, 2);

        try (var forecaster = TestingForecaster.start(FORWARD)) {
            forecaster.process(Event.of("key", 0, 1).marked(START));
            forecaster.control(Control.seed("key", Map.of("lstm", seed)));
            forecaster.process(Event.of("key", 1, 2).marked(END));
            forecaster.end();

            assertThat(forecaster.forecasts().get(1).values()).containsExactly(expected);
        }
    }
}
