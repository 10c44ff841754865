package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is usual among keys travels with the weights, and keys never seen start from it. */
class PriorTest {

    private static final int KEYS = 15;
    private static final int STEPS = 50;
    private static final int FIRST = 20;

    private static final TrainerSetup LEARNS =
            TrainerSetup.atArrival()
                    .network("dense(8, tanh) dense(1)")
                    .window(10)
                    .minibatch(8)
                    .learningRate(0.03);

    @Test
    void firstForecastsOfNewKeysAreBetterAndLaterOnesNoWorse() throws Exception {
        WeightUpdate learned = learnedFrom(series(60, 100, 1, 0), LEARNS.prior(5));

        Errors with = errorsOfNewKeys(learned, learned.prior(), 0);
        Errors without = errorsOfNewKeys(learned, null, 0);

        assertThat(with.first).isLessThan(0.95 * without.first);
        assertThat(with.later).isLessThan(1.005 * without.later);
    }

    @Test
    void keysOfVeryDifferentLevelsAndScalesAreNotHarmed() throws Exception {
        WeightUpdate learned = learnedFrom(series(60, 100, 1, 3), LEARNS.prior(5));

        Errors with = errorsOfNewKeys(learned, learned.prior(), 3);
        Errors without = errorsOfNewKeys(learned, null, 3);

        assertThat(with.first).isLessThan(1.005 * without.first);
        assertThat(with.later).isLessThan(1.005 * without.later);
    }

    @Test
    void priorIsPublishedOnceEnoughKeysAreKnownAndNeverWhereItIsOff() throws Exception {
        List<Event<String>> events = TrainerSetup.events(STEPS, KEYS);

        List<WeightUpdate> on = published(events, TrainerSetup.byEpoch().prior(5));
        List<WeightUpdate> off = published(events, TrainerSetup.byEpoch());

        assertThat(on.get(0).prior()).isNull();
        assertThat(on.get(on.size() - 1).prior()).hasSize(3 + 4);
        assertThat(off).extracting(WeightUpdate::prior).containsOnlyNulls();
        // No key came later than the others: nothing but the prior differs.
        assertThat(on.stream().map(update -> update.prior(null)).toList()).isEqualTo(off);
    }

    @Test
    void restoringAfterAnyStepEqualsNeverStopping() throws Exception {
        TrainerSetup setup = TrainerSetup.byEpoch().prior(5);
        List<Event<String>> events = withNewKeys();
        List<WeightUpdate> undisturbed = published(events, setup);

        for (int cut = 100; cut < events.size(); cut += 270) {
            List<WeightUpdate> published = new ArrayList<>();
            OperatorSubtaskState state;
            try (var trainer = TestingTrainer.start(setup)) {
                processByStep(trainer, events.subList(0, cut));
                state = trainer.checkpoint();
                published.addAll(trainer.published());
            }
            try (var trainer = TestingTrainer.restore(setup, state)) {
                processByStep(trainer, events.subList(cut, events.size()));
                trainer.end();
                published.addAll(trainer.published());
            }
            assertThat(published).as("cut at %d", cut).isEqualTo(undisturbed);
        }
    }

    @Test
    void trainersOwnNewKeysStartFromWhatWasPublished() throws Exception {
        List<Event<String>> events = withNewKeys();

        List<WeightUpdate> on = published(events, TrainerSetup.byEpoch().prior(5));
        List<WeightUpdate> off = published(events, TrainerSetup.byEpoch());

        assertThat(on.stream().map(update -> update.prior(null)).toList()).isNotEqualTo(off);
    }

    @Test
    void keysThatAreForgottenCountNoMore() throws Exception {
        List<WeightUpdate> published;
        try (var trainer = TestingTrainer.start(TrainerSetup.atArrival().prior(5))) {
            trainer.process(TrainerSetup.events(FIRST, KEYS));
            for (int key = 0; key < KEYS; key++) {
                trainer.tell(Control.forget("key-" + key));
            }
            trainer.process(TrainerSetup.events(FIRST - 1, KEYS));
            trainer.end();
            published = trainer.published();
        }

        assertThat(published).isNotEmpty().extracting(WeightUpdate::prior).containsOnlyNulls();
    }

    /** Some keys come when others are known. */
    private static List<Event<String>> withNewKeys() {
        return TrainerSetup.events(STEPS, 2 * KEYS).stream()
                .filter(
                        event ->
                                event.time() >= 30
                                        || Integer.parseInt(event.key().substring(4)) < KEYS)
                .toList();
    }

    private static WeightUpdate learnedFrom(List<Event<String>> events, TrainerSetup setup)
            throws Exception {
        List<WeightUpdate> published = published(events, setup);
        return published.get(published.size() - 1);
    }

    private static List<WeightUpdate> published(List<Event<String>> events, TrainerSetup setup)
            throws Exception {
        try (var trainer = TestingTrainer.start(setup)) {
            processByStep(trainer, events);
            trainer.end();
            return trainer.published();
        }
    }

    private static void processByStep(TestingTrainer trainer, List<Event<String>> events)
            throws Exception {
        for (Event<String> event : events) {
            trainer.watermark(event.time() - 1);
            trainer.process(event);
        }
    }

    /**
     * Each key swings around 50 with a standard deviation of 3; or, with a spread, around a level
     * and with a deviation of its own, the logarithms of which differ by it.
     */
    private static List<Event<String>> series(int keys, int steps, long seed, double spread) {
        Random random = new Random(seed);
        double[] levels = new double[keys];
        double[] scales = new double[keys];
        double[] swings = new double[keys];
        for (int key = 0; key < keys; key++) {
            levels[key] = 50 * Math.exp(spread * random.nextGaussian());
            scales[key] = 3 * Math.exp(spread * random.nextGaussian());
            swings[key] = random.nextGaussian();
        }
        List<Event<String>> events = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (int key = 0; key < keys; key++) {
                swings[key] = 0.3 * swings[key] + Math.sqrt(0.91) * random.nextGaussian();
                double value = levels[key] + scales[key] * swings[key];
                events.add(Event.of("key-" + key, step, value));
            }
        }
        return events;
    }

    /** Mean absolute errors of each key's first forecasts and of those after them. */
    private record Errors(double first, double later) {}

    /** Of keys of which the weights know nothing, forecast in order, in units of each key's own. */
    private static Errors errorsOfNewKeys(
            WeightUpdate learned, double @Nullable [] prior, double spread) {
        int keys = 100;
        int steps = 150;
        List<Event<String>> events = series(keys, steps, 2, spread);
        Stepper stepper = new Stepper(LEARNS.shape().network(), Kernels.scalar(), 1);
        stepper.load(new Weights(LEARNS.shape().network(), learned.values()));
        Intake intake = new Intake(LEARNS.shape(), LEARNS.prior(5).config().standardisation());
        intake.startFrom(prior);
        float[] x = new float[1];
        float[] y = new float[1];
        double first = 0;
        double later = 0;
        for (int key = 0; key < keys; key++) {
            KeyMemory memory = intake.newMemory();
            double scale = 0;
            double[] errors = new double[steps];
            double forecast = Double.NaN;
            for (int step = 0; step < steps; step++) {
                Event<String> event = events.get(step * keys + key);
                double target = event.numbers()[0];
                errors[step] = Double.isNaN(forecast) ? 0 : Math.abs(target - forecast);
                assertThat(intake.take(event, memory, x, 0)).isNull();
                stepper.step(1, x, new float[0], new float[0], y);
                forecast = intake.target(memory) + y[0] * intake.changeScale(memory);
                scale = intake.changeScale(memory);
            }
            for (int step = 1; step < steps; step++) {
                first += step <= FIRST ? errors[step] / scale : 0;
                later += step > FIRST ? errors[step] / scale : 0;
            }
        }
        return new Errors(first / keys / FIRST, later / keys / (steps - 1 - FIRST));
    }
}
