package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.cellstream.config.PracticeConfig;
import org.cellstream.config.RateConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Event;
import org.cellstream.event.Scores;
import org.cellstream.event.Shared;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;

/** Replay, the gate, orders about weights and the rate of training, in the operator. */
class TrainerPracticeTest {

    private static final TrainerSetup GUARDED = TrainerSetup.atArrival().guarded();
    private static final TrainerSetup EPOCHS = TrainerSetup.byEpoch().guarded();
    private static final int KEYS = 3;

    private static List<WeightUpdate> published(TrainerSetup setup, List<Event<String>> events)
            throws Exception {
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(events);
            trainer.end();
            return List.copyOf(trainer.published());
        }
    }

    @Test
    void twoRunsPublishTheSameBits() throws Exception {
        List<Event<String>> events = TrainerSetup.events(80, KEYS);

        assertThat(published(GUARDED, events))
                .hasSizeGreaterThan(3)
                .isEqualTo(published(GUARDED.onRocksDb(), events));
    }

    @Test
    void replayMovesWeightsFartherThanTheNewWindowsAlone() throws Exception {
        List<Event<String>> events = TrainerSetup.events(3 * TrainerSetup.WINDOW + 1, KEYS);
        TrainerSetup once = TrainerSetup.atArrival();
        TrainerSetup again = once.practice(PracticeConfig.plain().replay(4, 50));

        List<WeightUpdate> alone = published(once, events);
        List<WeightUpdate> replayed = published(again, events);

        assertThat(replayed).hasSameSizeAs(alone);
        // Nothing is past yet at the first minibatch.
        assertThat(replayed.get(0).values()).isEqualTo(alone.get(0).values());
        assertThat(replayed.get(1).values()).isNotEqualTo(alone.get(1).values());
    }

    @Test
    void minibatchInRoundsHasTwoWindowsOfEachKey() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival().inRounds();

        List<WeightUpdate> published =
                published(setup, TrainerSetup.events(8 * TrainerSetup.WINDOW + 1, KEYS));

        assertThat(published).hasSize(4);
    }

    @Test
    void minibatchInRoundsEndsWithItsEpoch() throws Exception {
        TrainerSetup setup = TrainerSetup.byEpoch();
        List<Event<String>> events = TrainerSetup.events(60, 1);

        List<WeightUpdate> full = published(setup.minibatch(64), events);
        List<WeightUpdate> rounds = published(setup.inRounds(), events);

        assertThat(full).filteredOn(update -> !update.unchanged()).hasSize(1);
        assertThat(rounds).allMatch(update -> !update.unchanged());
    }

    @Test
    void everyPublicationCarriesItsScores() throws Exception {
        List<WeightUpdate> published = published(GUARDED, TrainerSetup.events(80, KEYS));

        assertThat(published)
                .extracting(WeightUpdate::scores)
                .allSatisfy(
                        scores -> {
                            assertThat(scores.why()).isEqualTo(Scores.Why.LEARNED);
                            assertThat(scores.candidate()).isLessThanOrEqualTo(scores.published());
                            assertThat(scores.persistence()).isPositive();
                            assertThat(scores.samples()).isPositive();
                            assertThat(scores.rate()).isEqualTo(1);
                        });
    }

    @Test
    void epochWhoseWeightsLoseSaysUnchanged() throws Exception {
        // So fast that what is learned from one minibatch is worse at the next.
        TrainerSetup wild = EPOCHS.learningRate(10);

        List<WeightUpdate> published = published(wild, TrainerSetup.events(60, KEYS));

        assertThat(published).hasSize(6);
        assertThat(published).filteredOn(WeightUpdate::unchanged).isNotEmpty();
        assertThat(published)
                .filteredOn(WeightUpdate::unchanged)
                .extracting(update -> update.scores().why())
                .containsOnly(Scores.Why.KEPT);
    }

    @Test
    void forgottenKeyTeachesNothingAnyMore() throws Exception {
        TrainerSetup setup =
                TrainerSetup.atArrival().practice(PracticeConfig.plain().replay(4, 50));
        List<Event<String>> events = TrainerSetup.events(40, KEYS);
        int half = KEYS * 20;
        List<Event<String>> others =
                events.subList(half, events.size()).stream()
                        .filter(event -> !event.key().equals("key-1"))
                        .toList();
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(events.subList(0, half));

            trainer.tell(Control.forget("key-1"));

            state = trainer.checkpoint();
            assertThat(trainer.remembered()).doesNotContain("key-1");
            assertThat(trainer.reservoirKeys()).contains("key-0").doesNotContain("key-1");
        }
        try (var trainer = TestingTrainer.restore(setup, state)) {
            trainer.process(others);
            assertThat(trainer.published()).isNotEmpty();
        }
    }

    @Test
    void frozenTrainerPublishesNothingUntilItIsTold() throws Exception {
        List<Event<String>> events = TrainerSetup.events(120, KEYS);
        OperatorSubtaskState state;
        try (var trainer = TestingTrainer.start(GUARDED)) {
            trainer.hear(Control.ofWeights(Action.FREEZE));
            trainer.process(events.subList(0, KEYS * 60));
            assertThat(trainer.published()).isEmpty();
            state = trainer.checkpoint();
        }
        try (var trainer = TestingTrainer.restore(GUARDED, state)) {
            trainer.process(events.subList(KEYS * 60, KEYS * 80));
            assertThat(trainer.published()).isEmpty();

            trainer.hear(Control.ofWeights(Action.PROMOTE));

            assertThat(trainer.published())
                    .extracting(update -> update.scores().why())
                    .containsExactly(Scores.Why.PROMOTED);
            trainer.process(events.subList(KEYS * 80, events.size()));
            assertThat(trainer.published()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void rollBackPublishesTheOldVectorUnderANewNumber() throws Exception {
        TrainerSetup setup = TrainerSetup.atArrival();
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(TrainerSetup.events(3 * TrainerSetup.WINDOW + 1, KEYS));
            List<WeightUpdate> before = List.copyOf(trainer.published());

            trainer.hear(Control.ofWeights(Action.ROLLBACK));

            WeightUpdate back = trainer.published().get(before.size());
            WeightUpdate last = before.get(before.size() - 1);
            assertThat(back.values()).isEqualTo(before.get(before.size() - 2).values());
            assertThat(back.number()).isEqualTo(last.number() + 1);
            assertThat(back.scores().why()).isEqualTo(Scores.Why.ROLLED_BACK);
        }
    }

    @Test
    void orderWithATimeHoldsFromItsFirstEventOn() throws Exception {
        List<Event<String>> events = TrainerSetup.events(60, KEYS);
        try (var trainer = TestingTrainer.start(EPOCHS)) {
            trainer.hear(Control.<String>ofWeights(Action.FREEZE).from(20));
            trainer.hear(Control.<String>ofWeights(Action.PROMOTE).from(45));
            trainer.process(events);

            trainer.watermark(30);
            OperatorSubtaskState state = trainer.checkpoint();
            trainer.end();

            List<WeightUpdate> published = trainer.published();
            assertThat(published)
                    .extracting(WeightUpdate::epoch)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(published.get(2).unchanged()).isTrue();
            assertThat(published.get(3).unchanged()).isTrue();
            assertThat(published.get(4).scores().why()).isEqualTo(Scores.Why.PROMOTED);
            try (var restored = TestingTrainer.restore(EPOCHS, state)) {
                restored.end();
                assertThat(restored.published()).isEqualTo(published.subList(3, published.size()));
            }
        }
    }

    @Test
    void hearsOrdersOnItsSecondInput() throws Exception {
        TrainerSetup setup = TrainerSetup.byEpoch();
        var operator =
                new ControlledTrainingOperator<>(
                        setup.shape(), setup.config(), setup.first(), 1, Types.STRING);
        try (var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, Event<String>, Shared<String>, WeightUpdate>(
                        operator, Event::key, null, Types.STRING)) {
            harness.setup(
                    WeightUpdate.type()
                            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
            harness.open();
            harness.processElement2(
                    new StreamRecord<>(Shared.of(Control.ofWeights(Action.FREEZE))));
            harness.processWatermarkStatus2(WatermarkStatus.IDLE);
            for (Event<String> event : TrainerSetup.events(20, KEYS)) {
                harness.processElement1(new StreamRecord<>(event, event.time()));
            }

            harness.processWatermark1(new Watermark(19));

            assertThat(harness.extractOutputValues()).hasSize(2).allMatch(WeightUpdate::unchanged);
        }
    }

    @Test
    void windowsThatAreNotChosenAreTriedButNotLearnedFrom() throws Exception {
        PracticeConfig few = PracticeConfig.plain().rate(RateConfig.parse("ratio(0.25)"));
        TrainerSetup setup = TrainerSetup.atArrival().practice(few);
        List<Event<String>> events = TrainerSetup.events(40 * TrainerSetup.WINDOW + 1, KEYS);

        List<WeightUpdate> published = published(setup, events);

        assertThat(published).hasSizeBetween(6, 16); // of 40 minibatches
        assertThat(published).extracting(update -> update.scores().rate()).containsOnly(0.25);
        assertThat(published(setup, events)).isEqualTo(published);
    }

    @Test
    void driftIsToldAndCounted() throws Exception {
        TrainerSetup setup = GUARDED.network("dense(1)");
        try (var trainer = TestingTrainer.start(setup)) {
            // A swing that a linear rule foretells, and then noise.
            for (int step = 0; step < 1200; step++) {
                for (int key = 0; key < KEYS; key++) {
                    double swing = step % 2 == 0 ? 1 : -1;
                    double noise = Math.sin(1e4 * (step + 1) * (key + 1.3));
                    double value = step < 800 ? swing + 0.2 * noise : noise;
                    trainer.process(Event.of("key-" + key, step, value));
                }
            }

            assertThat(trainer.drifts()).isNotEmpty();
            assertThat(trainer.drifts().get(0).time()).isBetween(800L, 900L);
            assertThat(trainer.drifts().get(0).error())
                    .isGreaterThan(trainer.drifts().get(0).before());
            assertThat(trainer.metrics().value("drifts")).isEqualTo(trainer.drifts().size());
        }
    }
}
