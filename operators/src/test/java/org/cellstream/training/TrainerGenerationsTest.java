package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;

/** Whatever a trainer starts from, what it publishes is newer than all that was published. */
class TrainerGenerationsTest {

    private static final TrainerSetup SETUP = TrainerSetup.atArrival();
    private static final int FULL = TrainerSetup.WINDOW + 1;
    private static final List<Event<String>> EVENTS =
            TrainerSetup.events(4 * FULL, TrainerSetup.MINIBATCH);

    @Test
    void olderSavepointGoesOnAboveWhatWasPublishedAfterIt() throws Exception {
        OperatorSubtaskState savepoint;
        List<WeightUpdate> published;
        try (var trainer = TestingTrainer.start(SETUP)) {
            trainer.process(EVENTS.subList(0, FULL * TrainerSetup.MINIBATCH));
            savepoint = trainer.checkpoint();
            trainer.process(EVENTS.subList(FULL * TrainerSetup.MINIBATCH, EVENTS.size()));
            published = trainer.published();
        }

        List<WeightUpdate> again = publishedFrom(savepoint, SETUP.generation(2));

        assertThat(published).hasSizeGreaterThan(2);
        assertThat(again).allMatch(update -> update.newerThan(last(published)));
        assertThat(again).extracting(WeightUpdate::number).startsWith(2L);
    }

    @Test
    void sameSavepointRestoredTwiceGoesOnAboveItsFirstRestore() throws Exception {
        OperatorSubtaskState savepoint;
        try (var trainer = TestingTrainer.start(SETUP)) {
            trainer.process(EVENTS.subList(0, FULL * TrainerSetup.MINIBATCH));
            savepoint = trainer.checkpoint();
        }
        List<WeightUpdate> once = publishedFrom(savepoint, SETUP.generation(2));

        List<WeightUpdate> twice = publishedFrom(savepoint, SETUP.generation(3));

        assertThat(twice).isNotEmpty().allMatch(update -> update.newerThan(last(once)));
    }

    @Test
    void restoreByAPersonIsFollowedByRecoveriesOfItsOwnGeneration() throws Exception {
        OperatorSubtaskState savepoint;
        try (var trainer = TestingTrainer.start(SETUP)) {
            savepoint = trainer.checkpoint();
        }
        OperatorSubtaskState checkpoint;
        try (var trainer = TestingTrainer.restore(SETUP.generation(2), savepoint)) {
            checkpoint = trainer.checkpoint();
        }

        List<WeightUpdate> recovered = publishedFrom(checkpoint, SETUP.generation(2));

        assertThat(recovered).isNotEmpty().allMatch(update -> update.generation() == 2);
    }

    @Test
    void freshTrainerOnAnOldTopicStartsAboveIt() throws Exception {
        WeightUpdate old = new WeightUpdate(6, 1_000, "", WeightUpdate.AT_ARRIVAL, new float[] {1});
        try (var trainer = TestingTrainer.start(SETUP.generation(7))) {

            trainer.process(EVENTS);

            assertThat(trainer.published())
                    .isNotEmpty()
                    .allMatch(update -> update.newerThan(old))
                    .first()
                    .extracting(WeightUpdate::number)
                    .isEqualTo(1L);
        }
    }

    private static List<WeightUpdate> publishedFrom(OperatorSubtaskState state, TrainerSetup setup)
            throws Exception {
        try (var trainer = TestingTrainer.restore(setup, state)) {
            trainer.process(EVENTS.subList(FULL * TrainerSetup.MINIBATCH, EVENTS.size()));
            return trainer.published();
        }
    }

    private static WeightUpdate last(List<WeightUpdate> updates) {
        return updates.get(updates.size() - 1);
    }
}
