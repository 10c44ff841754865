package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.PracticeConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.Trial;
import org.cellstream.learn.Window;
import org.cellstream.nn.Network;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong with learning, what is published never falls below what was published before
 * by more than 2% for longer than it takes to find out, and comes back.
 */
class TrainerFaultsTest {

    private static final int KEYS = 8;
    private static final int STEPS = 2_000;
    private static final int WINDOW = 20;

    /** Where a fault begins, and where it ends. */
    private static final int FROM = 800;

    private static final int TO = 1_200;

    /**
     * Time steps of a key by which a fault has been found: those of the windows of four rounds, as
     * long as {@link Gate#PROOF}.
     */
    private static final int DETECTION = WINDOW * Gate.PROOF;

    /** Time steps over which skill is measured. */
    private static final int SPAN = 200;

    /** What published weights may lose by. */
    private static final double MARGIN = 1.02;

    private static final TrainerSetup SETUP =
            TrainerSetup.byEpoch()
                    .network("lstm(8) skip dense(1)")
                    .loss("huber(1.0)")
                    .window(WINDOW)
                    .minibatch(4)
                    .practice(PracticeConfig.plain().replay(4, 200).guarded(10).driftBoost(2));

    /** A damped swing that each key shares, with noise: half of a change can be foretold. */
    private static List<Event<String>> swings(int keys) {
        Random random = new Random(7);
        List<Event<String>> events = new ArrayList<>();
        double[] now = new double[keys];
        double[] before = new double[keys];
        for (int step = 0; step < STEPS; step++) {
            for (int key = 0; key < keys; key++) {
                double next = 1.2 * now[key] - 0.8 * before[key] + random.nextGaussian();
                before[key] = now[key];
                now[key] = next;
                events.add(Event.of("key-" + key, step, next));
            }
        }
        return events;
    }

    /** What was published, and the event time from which it served. */
    private record Served(List<WeightUpdate> updates) {

        static Served of(TrainerSetup setup, List<Event<String>> events) throws Exception {
            try (var trainer = TestingTrainer.start(setup)) {
                for (Event<String> event : events) {
                    trainer.process(event);
                    if (event.key().equals("key-0")) {
                        trainer.watermark(event.time() - 1);
                    }
                }
                trainer.end();
                return new Served(List.copyOf(trainer.published()));
            }
        }

        /** The weights that served at a time: those of the last epoch that ended before it. */
        float[] at(int time, float[] first) {
            float[] weights = first;
            for (WeightUpdate update : updates) {
                if (!update.unchanged() && (update.epoch() + 1) * 10 <= time) {
                    weights = update.values();
                }
            }
            return weights;
        }
    }

    /** Rows and labels of one key, as the trainer makes them. */
    private record Sequence(float[] inputs, float[] labels) {

        static Sequence of(TrainerSetup setup, List<Event<String>> events, String key) {
            Intake intake = new Intake(setup.shape(), setup.config().standardisation());
            KeyMemory memory = intake.newMemory();
            float[] inputs = new float[STEPS];
            float[] labels = new float[STEPS];
            double scale = 0;
            double before = 0;
            int step = 0;
            for (Event<String> event : events) {
                if (event.key().equals(key)) {
                    float[] row = new float[1];
                    assertThat(intake.take(event, memory, row, 0)).isNull();
                    double target = intake.target(memory);
                    if (step > 0 && scale > 0) {
                        labels[step - 1] = (float) ((target - before) / scale);
                    }
                    scale = intake.changeScale(memory);
                    before = target;
                    inputs[step++] = row[0];
                }
            }
            return new Sequence(inputs, labels);
        }

        Window window(int from, int steps, float[] start) {
            float[] weights = new float[steps];
            java.util.Arrays.fill(weights, 1);
            return new Window(
                    java.util.Arrays.copyOfRange(inputs, from, from + steps),
                    java.util.Arrays.copyOfRange(labels, from, from + steps),
                    weights,
                    start,
                    Window.NO_PREVIOUS);
        }
    }

    /** Error relative to that of repeating the last value, of weights that serve over a time. */
    private static double error(
            TrainerSetup setup, List<Sequence> sequences, Served served, int from, int to) {
        Network network = setup.shape().network();
        LearningConfig learning =
                new LearningConfig(
                        10,
                        1,
                        1,
                        setup.config().learning().loss(),
                        setup.config().learning().optimiser());
        Trial trial = new Trial(network, learning);
        double error = 0;
        double persistence = 0;
        for (Sequence sequence : sequences) {
            float[] state = new float[network.stateSize()];
            for (int time = 0; time + 10 <= to; time += 10) {
                trial.load(served.at(time, setup.first().values()));
                var result = trial.run(List.of(sequence.window(time, 10, state)));
                state = result.ends()[0];
                if (time >= from) {
                    error += result.error();
                    persistence += result.persistence();
                }
            }
        }
        return error / persistence;
    }

    private static List<Sequence> sequences(
            TrainerSetup setup, List<Event<String>> events, int keys) {
        List<Sequence> sequences = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            sequences.add(Sequence.of(setup, events, "key-" + key));
        }
        return sequences;
    }

    /** Those that had been published when a fault began, served on. */
    private static Served asOf(Served served, int time) {
        return new Served(
                served.updates().stream().filter(u -> (u.epoch() + 1) * 10 <= time).toList());
    }

    /**
     * Beginning when a fault could have been found, published weights are nowhere worse than those
     * that were published when it began.
     */
    private static void assertThatNothingIsLost(
            List<Sequence> sequences, Served served, int from, int to) {
        for (int time = from; time + SPAN <= to; time += SPAN) {
            double now = error(SETUP, sequences, served, time, time + SPAN);
            double before = error(SETUP, sequences, asOf(served, FROM), time, time + SPAN);
            assertThat(now).as("from %d", time).isLessThan(MARGIN * before);
        }
    }

    @Test
    void learningRateAThousandTimesTooHighIsNoWorseThanNotLearning() throws Exception {
        TrainerSetup wild = SETUP.learningRate(3);
        List<Event<String>> events = swings(KEYS);
        List<Sequence> sequences = sequences(SETUP, events, KEYS);

        Served served = Served.of(wild, events);

        for (int from = 0; from < STEPS; from += SPAN) {
            double untrained = error(wild, sequences, new Served(List.of()), from, from + SPAN);
            assertThat(error(wild, sequences, served, from, from + SPAN))
                    .isLessThan(MARGIN * untrained);
        }
        // It slows itself down until something can be learned.
        assertThat(error(wild, sequences, served, STEPS - 400, STEPS)).isLessThan(0.85);
    }

    @Test
    void shuffledLabelsAreNeitherServedForLongNorLeaveATrace() throws Exception {
        List<Event<String>> events = swings(KEYS);
        List<Event<String>> shuffled = labelled(events, true);
        List<Sequence> sequences = sequences(SETUP, events, KEYS);

        Served served = Served.of(SETUP.givenLabels(), shuffled);

        assertThat(error(SETUP, sequences, served, FROM - 400, FROM)).isLessThan(0.8);
        assertThatNothingIsLost(sequences, served, FROM + DETECTION, STEPS);
        assertThat(served.updates())
                .as("what is learned is published again")
                .anyMatch(u -> !u.unchanged() && u.epoch() * 10 > TO + DETECTION);
    }

    @Test
    void labelsThatAreNoNumbersTeachNothing() throws Exception {
        List<Event<String>> events = swings(KEYS);
        List<Event<String>> unlabelled = labelled(events, false);
        List<Sequence> sequences = sequences(SETUP, events, KEYS);

        Served served = Served.of(SETUP.givenLabels(), unlabelled);

        assertThatNothingIsLost(sequences, served, FROM, STEPS);
        assertThat(error(SETUP, sequences, served, TO + DETECTION, STEPS)).isLessThan(0.8);
    }

    @Test
    void oneKeyGoneMadSpoilsNoOther() throws Exception {
        List<Event<String>> events = swings(KEYS);
        Random random = new Random(3);
        List<Event<String>> mad = new ArrayList<>();
        for (Event<String> event : events) {
            boolean gone = event.key().equals("key-0") && event.time() >= FROM;
            double value = Math.pow(10, 12 * random.nextDouble()) * random.nextGaussian();
            mad.add(gone ? Event.of(event.key(), event.time(), value) : event);
        }
        List<Sequence> others = sequences(SETUP, events, KEYS).subList(1, KEYS);

        Served served = Served.of(SETUP, mad);

        assertThatNothingIsLost(others, served, FROM + DETECTION, STEPS);
    }

    /** Events that bring their labels: between the fault's ends another event's, or none. */
    private static List<Event<String>> labelled(List<Event<String>> events, boolean shuffled) {
        Random random = new Random(5);
        List<Event<String>> labelled = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event<String> event = events.get(i);
            boolean faulty = event.time() >= FROM && event.time() < TO;
            int next = i + KEYS < events.size() ? i + KEYS : i;
            double label = events.get(next).numbers()[0];
            if (faulty) {
                label =
                        shuffled
                                ? events.get(random.nextInt(events.size())).numbers()[0]
                                : Double.NaN;
            }
            labelled.add(event.marked(Marks.NONE.labelled(label)));
        }
        return labelled;
    }
}
