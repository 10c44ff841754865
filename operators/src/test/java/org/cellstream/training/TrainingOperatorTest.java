package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;

class TrainingOperatorTest {

    private static final TrainerSetup ARRIVAL = TrainerSetup.atArrival();
    private static final TrainerSetup EPOCHS = TrainerSetup.byEpoch();

    @Test
    void publishesAfterEachMinibatch() throws Exception {
        try (var trainer = TestingTrainer.start(ARRIVAL)) {

            trainer.process(
                    TrainerSetup.events(2 * TrainerSetup.WINDOW + 1, TrainerSetup.MINIBATCH));

            assertThat(trainer.published())
                    .extracting(WeightUpdate::number)
                    .containsExactly(1L, 2L);
            assertThat(trainer.published().get(0).values())
                    .isNotEqualTo(trainer.published().get(1).values());
        }
    }

    @Test
    void publishesEverySecondMinibatchIfAsked() throws Exception {
        try (var trainer = TestingTrainer.start(ARRIVAL.publishEvery(2))) {

            trainer.process(
                    TrainerSetup.events(4 * TrainerSetup.WINDOW + 1, TrainerSetup.MINIBATCH));

            assertThat(trainer.published())
                    .extracting(WeightUpdate::number)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void unfinishedMinibatchIsLearnedAtEndOfInput() throws Exception {
        try (var trainer = TestingTrainer.start(ARRIVAL)) {
            trainer.process(TrainerSetup.events(TrainerSetup.WINDOW + 1, 1));
            assertThat(trainer.published()).isEmpty();

            trainer.end();

            assertThat(trainer.published()).hasSize(1);
        }
    }

    @Test
    void everyEpochHasOneMessageBeforeItsWatermark() throws Exception {
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.process(TrainerSetup.events(25, 2));

            for (long time = 0; time < 25; time++) {
                trainer.watermark(time);
            }
            trainer.end();

            assertThat(trainer.published())
                    .extracting(WeightUpdate::epoch)
                    .containsExactly(0L, 1L, 2L);
            int message = trainer.output().indexOf(new StreamRecord<>(trainer.published().get(0)));
            assertThat(trainer.output().get(message + 1)).isEqualTo(new Watermark(9));
        }
    }

    @Test
    void epochThatLearnedNothingSaysUnchanged() throws Exception {
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.process(Event.of("key", 3, 1));

            trainer.watermark(9);

            assertThat(trainer.published()).hasSize(1);
            assertThat(trainer.published().get(0).unchanged()).isTrue();
            assertThat(trainer.published().get(0).number()).isZero();
        }
    }

    @Test
    void epochsWithoutEventsHaveNoMessage() throws Exception {
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.process(Event.of("key", 3, 1));
            trainer.process(Event.of("key", 3_000_000, 1));

            trainer.end();

            assertThat(trainer.published())
                    .extracting(WeightUpdate::epoch)
                    .containsExactly(0L, 300_000L);
        }
    }

    @Test
    void lateEventOfClosedEpochOpensItNoMore() throws Exception {
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.process(Event.of("key", 3, 1));
            trainer.watermark(19);
            trainer.process(Event.of("other", 4, 1));
            trainer.process(Event.of("key", 25, 1));

            trainer.watermark(29);

            assertThat(trainer.published()).extracting(WeightUpdate::epoch).containsExactly(0L, 2L);
        }
    }

    @Test
    void weightsByEpochDoNotDependOnHowKeysWereInterleavedOrWatermarksFell() throws Exception {
        List<Event<String>> events = TrainerSetup.events(40, 5);
        List<WeightUpdate> inOrder;
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.process(events);
            trainer.end();
            inOrder = trainer.published();
        }

        try (var trainer = TestingTrainer.start(EPOCHS)) {
            for (int step = 0; step < 40; step += 2) {
                List<Event<String>> shuffled =
                        new ArrayList<>(events.subList(5 * step, 5 * step + 10));
                Collections.shuffle(shuffled, new Random(step));
                trainer.process(shuffled);
                trainer.watermark(step + 1);
            }
            trainer.end();

            assertThat(trainer.published()).isEqualTo(inOrder);
        }
    }

    @Test
    void recoveryKeepsTheGenerationAndARestoreByAPersonTakesTheNext() throws Exception {
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(ARRIVAL)) {
            trainer.process(TrainerSetup.events(TrainerSetup.WINDOW + 1, TrainerSetup.MINIBATCH));
            state = trainer.checkpoint();
        }
        List<Event<String>> more =
                later(TrainerSetup.events(TrainerSetup.WINDOW, TrainerSetup.MINIBATCH));

        try (var recovered = TestingTrainer.restore(ARRIVAL, state);
                var byPerson = TestingTrainer.restore(ARRIVAL.generation(4), state)) {
            recovered.process(more);
            byPerson.process(more);

            assertThat(recovered.published().get(0).generation()).isEqualTo(1);
            assertThat(byPerson.published().get(0).generation()).isEqualTo(4);
            assertThat(byPerson.published().get(0).values())
                    .isEqualTo(recovered.published().get(0).values());
        }
    }

    @Test
    void restoreByAPersonOnATopicMadeAnewStillComesAfterWhatWasServed() throws Exception {
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(ARRIVAL.generation(4))) {
            state = trainer.checkpoint();
        }

        try (var restored = TestingTrainer.restore(ARRIVAL.generation(1), state)) {
            restored.process(TrainerSetup.events(TrainerSetup.WINDOW + 1, TrainerSetup.MINIBATCH));

            assertThat(restored.published().get(0).generation()).isEqualTo(5);
        }
    }

    @Test
    void windowsThatWaitFillSmallerMinibatchesAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(ARRIVAL.minibatch(8))) {
            trainer.process(TrainerSetup.events(TrainerSetup.WINDOW + 1, 7));
            state = trainer.checkpoint();
            assertThat(trainer.published()).isEmpty();
        }

        try (var restored = TestingTrainer.restore(ARRIVAL.minibatch(2), state)) {
            restored.process(later(TrainerSetup.events(TrainerSetup.WINDOW, 1)));

            assertThat(restored.published()).hasSize(4);
        }
    }

    @Test
    void trainerOfAnotherNetworkStartsAfresh() throws Exception {
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(ARRIVAL)) {
            trainer.process(TrainerSetup.events(TrainerSetup.WINDOW + 1, TrainerSetup.MINIBATCH));
            state = trainer.checkpoint();
        }
        TrainerSetup other = ARRIVAL.network("lstm(3) dense(1)");

        try (var restored = TestingTrainer.restore(other, state)) {
            restored.process(later(TrainerSetup.events(2 * TrainerSetup.WINDOW, 4)));

            WeightUpdate first = restored.published().get(0);
            assertThat(first.number()).isEqualTo(1);
            assertThat(first.network()).isEqualTo(other.shape().network().toString());
        }
    }

    @Test
    void lateAndRejectedEventsChangeNothing() throws Exception {
        List<Event<String>> events = TrainerSetup.events(2 * TrainerSetup.WINDOW, 4);
        try (var trainer = TestingTrainer.start(ARRIVAL);
                var undisturbed = TestingTrainer.start(ARRIVAL)) {
            for (Event<String> event : events) {
                trainer.process(event);
                trainer.process(Event.of(event.key(), event.time() - 1, 77));
                trainer.process(Event.of(event.key(), event.time(), Double.NaN));
            }

            undisturbed.process(events);

            assertThat(trainer.published()).isNotEmpty().isEqualTo(undisturbed.published());
            assertThat(trainer.rejected()).hasSize(events.size());
            assertThat(trainer.rejected().get(0).cause()).isEqualTo(Rejected.Cause.EMPTY_NUMBER);
        }
    }

    private static List<Event<String>> later(List<Event<String>> events) {
        return events.stream()
                .map(event -> Event.of(event.key(), event.time() + 1000, event.numbers()))
                .toList();
    }
}
