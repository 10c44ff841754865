package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.Learner;
import org.cellstream.learn.LearnerState;
import org.cellstream.learn.Window;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learned where a state does not simply go on, and where events bring labels. */
class TrainerModesTest {

    private static final int WINDOW = TrainerSetup.WINDOW;
    private static final int MAX_STEPS = 5;

    private static final TrainerSetup SLIDING = TrainerSetup.atArrival().minibatch(1).slidingBy(1);

    private static final TrainerSetup SEQUENCES =
            TrainerSetup.atArrival().minibatch(1).sequence(sequences(SequenceOutput.EVERY_STEP));

    private static final TrainerSetup BOTH_WAYS =
            SEQUENCES.network("bidirectional(lstm(3)) dense(1)");

    private static SequenceConfig sequences(SequenceOutput output) {
        return SequenceConfig.plain().mode(ModeConfig.sequence(output, MAX_STEPS));
    }

    /** The network's rows of events, and the targets and scales at them. */
    private record Rows(List<float[]> inputs, List<Double> targets, List<Double> scales) {

        static Rows of(TrainerSetup setup, List<Event<String>> events) {
            Intake intake = new Intake(setup.shape(), setup.config().standardisation());
            KeyMemory memory = intake.newMemory();
            Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Event<String> event : events) {
                float[] row = new float[1];
                assertThat(intake.take(event, memory, row, 0)).isNull();
                rows.inputs.add(row);
                rows.targets.add(intake.target(memory));
                rows.scales.add(intake.changeScale(memory));
            }
            return rows;
        }

        float label(int at, double label) {
            return (float) Math.max(-6, Math.min(6, (label - targets.get(at)) / scales.get(at)));
        }

        float[] window(int from, int to) {
            float[] window = new float[to - from];
            for (int i = from; i < to; i++) {
                window[i - from] = inputs.get(i)[0];
            }
            return window;
        }
    }

    /** Weights after windows of {@code steps} steps that start from zeros. */
    private static float[] learned(TrainerSetup setup, int steps, List<Window> windows) {
        var network = setup.shape().network();
        LearnerState fresh = LearnerState.fresh(new Weights(network, setup.first().values()));
        try (var learner =
                new Learner(network, setup.config().learning().window(steps), fresh, 1)) {
            windows.forEach(window -> learner.learn(List.of(window)));
            return learner.weights();
        }
    }

    private static Window fromZeros(
            TrainerSetup setup, float[] inputs, float[] labels, float[] weights) {
        float[] zeros = new float[setup.shape().network().stateSize()];
        return new Window(inputs, labels, weights, zeros, Window.NO_PREVIOUS);
    }

    @Test
    void everyEventIsTheLastOfAWindowAndOnlyItIsLearned() throws Exception {
        List<Event<String>> events = TrainerSetup.events(9, 1);
        Rows rows = Rows.of(SLIDING, events);
        List<Window> windows = new ArrayList<>();
        for (int last = WINDOW - 1; last < events.size() - 1; last++) {
            float[] labels = new float[WINDOW];
            labels[WINDOW - 1] = rows.label(last, rows.targets().get(last + 1));
            float[] inputs = rows.window(last - WINDOW + 1, last + 1);
            windows.add(fromZeros(SLIDING, inputs, labels, new float[] {0, 0, 0, 1}));
        }

        try (var trainer = TestingTrainer.start(SLIDING)) {
            trainer.process(events);

            assertThat(trainer.published()).hasSize(windows.size());
            assertThat(last(trainer.published()).values())
                    .containsExactly(learned(SLIDING, WINDOW, windows));
        }
    }

    private static WeightUpdate last(List<WeightUpdate> published) {
        return published.get(published.size() - 1);
    }

    @Test
    void strideSaysWhichEventsAreTheLastOfAWindow() throws Exception {
        try (var trainer = TestingTrainer.start(SLIDING.slidingBy(3))) {
            trainer.process(TrainerSetup.events(13, 1));

            assertThat(trainer.published()).hasSize(3); // at steps 6, 9 and 12
        }
    }

    static Stream<TrainerSetup> setups() {
        return Stream.of(
                SLIDING,
                SLIDING.onRocksDb(),
                SLIDING.network("bidirectional(gru(3)) dense(1)"),
                SEQUENCES,
                SEQUENCES.minibatch(2),
                BOTH_WAYS,
                BOTH_WAYS.minibatch(3).onRocksDb(),
                SEQUENCES.givenLabels().sequence(sequences(SequenceOutput.END)));
    }

    /** Sequences of three, five and two events of two keys. */
    private static List<Event<String>> sequences() {
        List<Event<String>> events = new ArrayList<>();
        for (Event<String> event : TrainerSetup.events(20, 2)) {
            int at = (int) (event.time() % 10);
            Marks marks = Marks.NONE.labelled(event.numbers()[0] / 2).weighing(1 + at % 3);
            marks = at == 0 || at == 3 || at == 8 ? marks.start() : marks;
            events.add(event.marked(at == 2 || at == 7 || at == 9 ? marks.end() : marks));
        }
        return events;
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoredTrainerGoesOnAsIfNeverStopped(TrainerSetup setup) throws Exception {
        List<WeightUpdate> expected;
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(sequences());
            trainer.end();
            expected = List.copyOf(trainer.published());
        }

        List<WeightUpdate> got = new ArrayList<>();
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(sequences().subList(0, 23));
            state = trainer.checkpoint();
            got.addAll(trainer.published());
        }
        try (var trainer = TestingTrainer.restore(setup, state)) {
            trainer.process(sequences().subList(23, 40));
            trainer.end();
            got.addAll(trainer.published());
        }

        assertThat(got).isNotEmpty().isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("sequenceSetups")
    void sequenceIsLearnedFromWithoutItsLastStepWhichNothingFollows(TrainerSetup setup)
            throws Exception {
        List<Event<String>> events = TrainerSetup.events(6, 1);
        List<Event<String>> marked = new ArrayList<>(events);
        marked.set(0, events.get(0).marked(Marks.NONE.start()));
        marked.set(2, events.get(2).marked(Marks.NONE.end()));
        marked.set(3, events.get(3).marked(Marks.NONE.start()));
        marked.set(5, events.get(5).marked(Marks.NONE.end()));
        Rows rows = Rows.of(setup, events);
        float[] labels = {
            rows.label(3, rows.targets().get(4)), rows.label(4, rows.targets().get(5)), 0
        };
        List<Window> windows = new ArrayList<>();
        float[] first = {0, rows.label(1, rows.targets().get(2)), 0};
        windows.add(fromZeros(setup, rows.window(0, 3), first, new float[] {0, 1, 0}));
        windows.add(fromZeros(setup, rows.window(3, 6), labels, new float[] {1, 1, 0}));

        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(marked);

            assertThat(trainer.published()).hasSize(2);
            assertClose(last(trainer.published()).values(), learned(setup, 3, windows));
        }
    }

    static Stream<TrainerSetup> sequenceSetups() {
        return Stream.of(SEQUENCES, BOTH_WAYS);
    }

    /** Room at a window's end may change how a product's sums are grouped, but nothing else. */
    private static void assertClose(float[] values, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) values[i])
                    .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void labelThatAnEventBringsIsLearnedAtIt() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival().minibatch(1).givenLabels();
        List<Event<String>> events = TrainerSetup.events(WINDOW, 1);
        List<Event<String>> marked = new ArrayList<>();
        double[] given = {5, 0.5, Double.NaN, -0.25};
        double[] weights = {1, 2, 1, 0.5};
        for (int i = 0; i < WINDOW; i++) {
            Marks marks = Marks.NONE.labelled(given[i]).weighing(weights[i]);
            marked.add(events.get(i).marked(marks));
        }
        Rows rows = Rows.of(setup, events);
        float[] labels = {0, rows.label(1, 0.5), 0, rows.label(3, -0.25)};
        Window window = fromZeros(setup, rows.window(0, 4), labels, new float[] {0, 2, 0, .5f});

        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(marked);

            assertThat(trainer.published()).isEmpty(); // a window leaves when the next begins
            trainer.process(Event.of("key-0", WINDOW, 1));
            assertThat(last(trainer.published()).values())
                    .containsExactly(learned(setup, WINDOW, List.of(window)));
        }
    }

    @Test
    void weightOfAnEventIsThatOfTheLabelThatFollows() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival().minibatch(1);
        List<Event<String>> events = TrainerSetup.events(WINDOW + 1, 1);
        List<Event<String>> marked = new ArrayList<>(events);
        marked.set(1, events.get(1).marked(Marks.NONE.weighing(3)));
        marked.set(2, events.get(2).marked(Marks.NONE.weighing(0)));
        Rows rows = Rows.of(setup, events);
        float[] labels = new float[WINDOW];
        for (int i = 1; i < WINDOW; i++) {
            labels[i] = rows.label(i, rows.targets().get(i + 1));
        }
        Window window = fromZeros(setup, rows.window(0, 4), labels, new float[] {0, 3, 0, 1});

        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(marked);

            assertThat(last(trainer.published()).values())
                    .containsExactly(learned(setup, WINDOW, List.of(window)));
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void maskedEventIsInNoWindow(TrainerSetup setup) throws Exception {
        try (var trainer = TestingTrainer.start(setup);
                var without = TestingTrainer.start(setup)) {
            for (Event<String> event : sequences()) {
                trainer.process(event);
                without.process(event);
                trainer.process(Event.of(event.key(), event.time(), 77).marked(Marks.NONE.mask()));
            }

            assertThat(trainer.published()).isNotEmpty().isEqualTo(without.published());
        }
    }

    @Test
    void eventsOutsideASequenceAndTooManyInOneAreRejected() throws Exception {
        try (var trainer = TestingTrainer.start(BOTH_WAYS)) {
            trainer.process(Event.of("key-0", 0, 1));
            trainer.process(Event.of("key-0", 1, 1).marked(Marks.NONE.start()));
            for (int i = 2; i < 2 + MAX_STEPS; i++) {
                trainer.process(Event.of("key-0", i, i));
            }

            assertThat(trainer.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.SEQUENCE, Rejected.Cause.SEQUENCE);
        }
    }

    /** The forecaster does the same: see {@code SequenceModeTest}. */
    @Test
    void gapMakesRoomInASequenceThatIsFull() throws Exception {
        try (var trainer = TestingTrainer.start(BOTH_WAYS.withGaps(MissingSteps.MASK))) {
            trainer.process(Event.of("key-0", 0, 1).marked(Marks.NONE.start()));
            for (int i = 1; i < MAX_STEPS; i++) {
                trainer.process(Event.of("key-0", 2L * i, i)); // one missed before each
            }
            trainer.process(Event.of("key-0", 2L * MAX_STEPS, 1));
            assertThat(trainer.rejected()).hasSize(1);

            trainer.process(Event.of("key-0", 2L * MAX_STEPS + 2, 2));
            trainer.process(Event.of("key-0", 2L * MAX_STEPS + 3, 1));
            trainer.process(Event.of("key-0", 2L * MAX_STEPS + 4, 4).marked(Marks.NONE.end()));

            assertThat(trainer.rejected()).hasSize(1);
            assertThat(trainer.published()).hasSize(2);
        }
    }

    @Test
    void sequenceIsLearnedFromAtItsEndAloneWhereOnlyItHasAForecast() throws Exception {
        TrainerSetup setup = SEQUENCES.givenLabels().sequence(sequences(SequenceOutput.END));
        List<Event<String>> events = TrainerSetup.events(3, 1);
        List<Event<String>> marked =
                List.of(
                        events.get(0).marked(Marks.NONE.start().labelled(7)),
                        events.get(1).marked(Marks.NONE.labelled(7)),
                        events.get(2).marked(Marks.NONE.end().labelled(0.5)));
        Rows rows = Rows.of(setup, events);
        float[] labels = {0, 0, rows.label(2, 0.5), 0};
        float[] inputs = java.util.Arrays.copyOf(rows.window(0, 3), WINDOW);
        Window window = fromZeros(setup, inputs, labels, new float[] {0, 0, 1, 0});

        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(marked);

            assertThat(last(trainer.published()).values())
                    .containsExactly(learned(setup, WINDOW, List.of(window)));
        }
    }
}
