package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.PracticeConfig;
import org.cellstream.config.RateConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trainer that is restored learns what one that never stopped learns. */
class TrainerRecoveryTest {

    private static final int KEYS = 4;
    private static final int STEPS = 26;

    /** A trainer that learned from 8 windows a minibatch, seven steps of seven keys after start. */
    private static final String BEFORE_GAPS = "trainer-before-gaps.snapshot";

    static Stream<TrainerSetup> setups() {
        return Stream.of(
                TrainerSetup.atArrival().withGaps(MissingSteps.MASK),
                TrainerSetup.atArrival().withGaps(MissingSteps.MASK).inOrder(),
                TrainerSetup.byEpoch().withGaps(MissingSteps.MASK));
    }

    static Stream<TrainerSetup> practices() {
        return Stream.of(
                TrainerSetup.atArrival().guarded().withGaps(MissingSteps.MASK),
                TrainerSetup.byEpoch().guarded().withGaps(MissingSteps.MASK),
                TrainerSetup.atArrival().inRounds(),
                TrainerSetup.byEpoch().inRounds(),
                TrainerSetup.byEpoch()
                        .practice(
                                PracticeConfig.plain()
                                        .replay(2, 5)
                                        .rate(RateConfig.parse("per-second(500)"))));
    }

    @ParameterizedTest
    @MethodSource("practices")
    void practiceIsRestored(TrainerSetup setup) throws Exception {
        assertThatRestoringEqualsNeverStopping(setup, 11);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoringAfterAnyEventEqualsNeverStopping(TrainerSetup setup) throws Exception {
        assertThatRestoringEqualsNeverStopping(setup, 1);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoringFromRocksDbEqualsNeverStopping(TrainerSetup setup) throws Exception {
        assertThatRestoringEqualsNeverStopping(setup.onRocksDb(), 17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd(momentum=0.9)", "adamw", "rmsprop", "adagrad"})
    void momentsOfEveryOptimiserAreRestored(String optimiser) throws Exception {
        assertThatRestoringEqualsNeverStopping(TrainerSetup.atArrival().optimiser(optimiser), 13);
    }

    @Test
    void anotherOptimiserGoesOnFromTheWeightsInTheirGeneration() throws Exception {
        TrainerSetup adam = TrainerSetup.atArrival();
        List<Event<String>> events = TrainerSetup.events(STEPS, KEYS);
        OperatorSubtaskState state;
        WeightUpdate last;
        try (var trainer = TestingTrainer.start(adam)) {
            trainer.process(events);
            last = trainer.published().get(trainer.published().size() - 1);
            state = trainer.checkpoint();
        }

        try (var trainer = TestingTrainer.restore(adam.optimiser("sgd"), state)) {
            List<Event<String>> later = TrainerSetup.events(STEPS + TrainerSetup.WINDOW, KEYS);
            trainer.process(later.subList(events.size(), later.size()));

            WeightUpdate next = trainer.published().get(0);
            assertThat(next.generation()).isEqualTo(last.generation());
            assertThat(next.number()).isEqualTo(last.number() + 1);
            // One step of descent by 0.01 along a gradient that was clipped to length 1.
            assertThat(distance(last.values(), next.values())).isBetween(1e-6, 0.01);
        }
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.pow(one[i] - other[i], 2);
        }
        return Math.sqrt(sum);
    }

    private static void assertThatRestoringEqualsNeverStopping(TrainerSetup setup, int every)
            throws Exception {
        List<Said> script = script();
        List<WeightUpdate> undisturbed;
        try (var trainer = TestingTrainer.start(setup)) {
            say(script, trainer);
            trainer.end();
            undisturbed = trainer.published();
        }
        assertThat(undisturbed).hasSizeGreaterThan(2);

        for (int cut = 1; cut < script.size(); cut += every) {
            assertThat(publishedWithFailureAt(cut, setup, script))
                    .as("cut before %s", script.get(cut))
                    .isEqualTo(undisturbed);
        }
    }

    private static List<WeightUpdate> publishedWithFailureAt(
            int cut, TrainerSetup setup, List<Said> script) throws Exception {
        List<WeightUpdate> published = new ArrayList<>();
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(setup)) {
            say(script.subList(0, cut), trainer);
            state = trainer.checkpoint();
            published.addAll(trainer.published());
            say(script.subList(cut, script.size()), trainer); // lost in the failure
        }
        try (var trainer = TestingTrainer.restore(setup, state)) {
            say(script.subList(cut, script.size()), trainer);
            trainer.end();
            published.addAll(trainer.published());
        }
        return published;
    }

    /** What a trainer is told: one event, order or watermark. */
    @FunctionalInterface
    private interface Said {
        void to(TestingTrainer trainer) throws Exception;
    }

    private static void say(List<Said> script, TestingTrainer trainer) throws Exception {
        for (Said said : script) {
            said.to(trainer);
        }
    }

    /**
     * Events of four keys: one is silent for a while, one until it has expired, one is forgotten,
     * and each step's events come in another order after the watermark of the step before.
     */
    private static List<Said> script() {
        List<Said> script = new ArrayList<>();
        List<Event<String>> events = TrainerSetup.events(STEPS, KEYS);
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < KEYS; i++) {
                int key = (i + step) % KEYS;
                Event<String> event = events.get(step * KEYS + key);
                boolean silent =
                        (key == 1 && step >= 7 && step < 12)
                                || (key == 2 && step >= 6 && step < 17);
                if (!silent) {
                    script.add(trainer -> trainer.process(event));
                }
            }
            if (step == 10) {
                script.add(trainer -> trainer.tell(Control.forget("key-3")));
            }
            long time = step - 1L;
            script.add(trainer -> trainer.watermark(time));
        }
        return script;
    }

    @Test
    void readsWindowsAndEventsThatWaitedBeforeGapsEndedWindows() throws Exception {
        TrainerSetup setup = TrainerSetup.byEpoch().minibatch(8);
        List<Event<String>> events = TrainerSetup.events(STEPS, 7);
        int written = 7 * (TrainerSetup.WINDOW + 3);
        Path file = Path.of(getClass().getResource(BEFORE_GAPS).toURI());
        OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(file.toString());

        try (var restored = TestingTrainer.restore(setup, state);
                var undisturbed = TestingTrainer.start(setup)) {
            restored.process(events.subList(written, events.size()));
            restored.end();

            undisturbed.process(events);
            undisturbed.end();
            assertThat(restored.published()).isNotEmpty().isEqualTo(undisturbed.published());
        }
    }
}
