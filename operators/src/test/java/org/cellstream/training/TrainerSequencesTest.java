package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.Window;
import org.cellstream.loss.Loss;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a key's sequence starts and ends for the trainer, and in which order it learns from it. */
class TrainerSequencesTest {

    private static final int FULL = TrainerSetup.WINDOW + 1;

    /** Large enough that windows wait. */
    private static final int MANY = 8;

    static Stream<TrainerSetup> setups() {
        return Stream.of(
                TrainerSetup.atArrival().minibatch(MANY),
                TrainerSetup.atArrival().minibatch(MANY).inOrder(),
                TrainerSetup.byEpoch().minibatch(MANY).onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void nothingOfAForgottenKeyIsLearned(TrainerSetup setup) throws Exception {
        List<Event<String>> both = TrainerSetup.events(4 * FULL, 2);
        List<Event<String>> before = both.subList(0, 4 * FULL);
        List<Event<String>> after = both.subList(4 * FULL, 8 * FULL);

        try (var trainer = TestingTrainer.start(setup);
                var never = TestingTrainer.start(setup)) {
            trainer.process(before);
            trainer.watermark(FULL); // some events have become windows, others are held
            trainer.tell(Control.forget("key-1"));
            trainer.process(after);
            trainer.end();

            never.process(of("key-0", before));
            never.watermark(FULL);
            never.process(after);
            never.end();
            assertThat(trainer.published()).isNotEmpty().isEqualTo(never.published());
        }
    }

    private static List<Event<String>> of(String key, List<Event<String>> events) {
        return events.stream().filter(event -> event.key().equals(key)).toList();
    }

    @Test
    void otherOrdersAreNotForTheTrainer() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival();
        List<Event<String>> events = TrainerSetup.events(2 * FULL, TrainerSetup.MINIBATCH);
        try (var trainer = TestingTrainer.start(setup);
                var undisturbed = TestingTrainer.start(setup)) {
            for (Event<String> event : events) {
                trainer.process(event);
                trainer.tell(Control.reset(event.key()));
                trainer.tell(Control.report(event.key()));
                trainer.tell(Control.resetLayer(event.key(), "lstm_1").from(event.time()));
                trainer.tell(Control.seed(event.key(), Map.of("lstm_1", new float[8])));
            }

            undisturbed.process(events);

            assertThat(trainer.published()).isNotEmpty().isEqualTo(undisturbed.published());
            assertThat(trainer.rejected()).isEmpty();
        }
    }

    @Test
    void expiredKeyIsLearnedFromLikeANewOne() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival().withGaps(MissingSteps.MASK);
        List<Event<String>> before = TrainerSetup.events(FULL, 1);
        List<Event<String>> back = later("key-0", before);
        try (var trainer = TestingTrainer.start(setup);
                var other = TestingTrainer.start(setup)) {
            trainer.process(before);
            trainer.process(back);
            trainer.end();

            other.process(before);
            other.process(later("new", before));
            other.end();
            assertThat(trainer.published()).isNotEmpty().isEqualTo(other.published());
        }
    }

    private static List<Event<String>> later(String key, List<Event<String>> events) {
        return events.stream()
                .map(event -> Event.of(key, event.time() + 100, event.numbers()))
                .toList();
    }

    @Test
    void windowBeforeAGapIsLearnedFrom() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival().minibatch(1);
        List<Event<String>> three = TrainerSetup.events(3, 1);
        try (var trainer = TestingTrainer.start(setup.withGaps(MissingSteps.MASK));
                var withoutGaps = TestingTrainer.start(setup)) {
            trainer.process(three);
            withoutGaps.process(three);

            trainer.process(Event.of("key-0", 6, 1));
            withoutGaps.process(Event.of("key-0", 6, 1));

            assertThat(trainer.published()).hasSize(1);
            assertThat(withoutGaps.published()).isEmpty();
        }
    }

    @Test
    void windowThatStartsAnewFollowsNone() {
        TrainerSetup setup = TrainerSetup.atArrival();
        KeyMemory memory = new Intake(setup.shape(), setup.config().standardisation()).newMemory();
        Arrays.fill(memory.layers(), 7);
        float[] row = new float[TrainerSetup.WINDOW];

        List<Window> windows =
                PendingWindows.learnable(
                        List.of(
                                new PendingWindow<>("key", row, row, row, false, 0, false),
                                new PendingWindow<>("key", row, row, row, false, 0, false),
                                new PendingWindow<>("key", row, row, row, true, 0, false),
                                new PendingWindow<>("key", row, row, row, false, 0, false)),
                        Collections.nCopies(4, memory),
                        Loss.of(LossConfig.mse()),
                        1);

        assertThat(windows).extracting(Window::previous).containsExactly(-1, 0, -1, 2);
        assertThat(windows.get(0).start()).containsOnly(7);
        assertThat(windows.get(2).start()).containsOnly(0);
    }

    @Test
    void eventsAreLearnedFromInTheOrderOfTheirTimes() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival();
        List<Event<String>> events = TrainerSetup.events(20, 3);
        try (var shuffled = TestingTrainer.start(setup.inOrder());
                var inOrder = TestingTrainer.start(setup)) {
            for (int step = 0; step < 20; step += 2) {
                List<Event<String>> some = new ArrayList<>(events.subList(3 * step, 3 * step + 6));
                Collections.shuffle(some, new Random(step));
                shuffled.process(some);
                shuffled.watermark(step + 1);
            }
            shuffled.end();

            inOrder.process(events);
            inOrder.end();
            assertThat(shuffled.published()).isNotEmpty().isEqualTo(inOrder.published());
        }
    }

    @Test
    void nothingIsLearnedBeforeTheWatermark() throws Exception {
        try (var trainer = TestingTrainer.start(TrainerSetup.atArrival().inOrder())) {
            trainer.process(TrainerSetup.events(FULL, TrainerSetup.MINIBATCH));
            assertThat(trainer.published()).isEmpty();

            trainer.watermark(FULL);

            assertThat(trainer.published()).hasSize(1);
        }
    }

    @Test
    void openWindowOfOtherColumnsIsNotGoneOnWith() throws Exception {
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(TrainerSetup.atArrival())) {
            trainer.process(TrainerSetup.events(TrainerSetup.WINDOW, 1));
            state = trainer.checkpoint();
        }
        TrainerSetup other = TrainerSetup.atArrival().minibatch(1).columns("value=value|abs");

        try (var restored = TestingTrainer.restore(other, state)) {
            List<WeightUpdate> published = new ArrayList<>();
            for (Event<String> event : later("key-0", TrainerSetup.events(FULL, 1))) {
                assertThat(restored.published()).isEmpty();
                restored.process(event);
            }
            published.addAll(restored.published());

            assertThat(published).hasSize(1);
        }
    }
}
