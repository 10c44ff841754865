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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Space of keys that outlived eight milliseconds is given back, and nothing else is lost. */
class TrainerSweepTest {

    private static final int FULL = TrainerSetup.WINDOW + 1;

    /** One for each key group, which is a slice here, and one for the last group's rest. */
    private static final int ALL_SLICES = 17;

    static Stream<TrainerSetup> setups() {
        TrainerSetup arrival = TrainerSetup.atArrival().withGaps(MissingSteps.MASK);
        TrainerSetup epochs = TrainerSetup.byEpoch().withGaps(MissingSteps.MASK);
        return Stream.of(
                arrival, arrival.onRocksDb(), arrival.inOrder(), epochs, epochs.onRocksDb());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void givesBackKeysThatNoEventCouldBringBack(TrainerSetup setup) throws Exception {
        int keys = 14 * TrainerSetup.MINIBATCH; // no window waits
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(TrainerSetup.events(FULL, keys));
            trainer.process(Event.of("alive", 30, 1));
            trainer.watermark(40);
            assertThat(trainer.remembered()).hasSize(keys + 1);

            sweep(trainer);

            assertThat(trainer.remembered()).containsExactly("alive");
            assertThat(trainer.metrics().value("sweptKeys")).isEqualTo(keys);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void leavesKeysThatAnEventMayStillBringBack(TrainerSetup setup) throws Exception {
        try (var trainer = TestingTrainer.start(setup)) {
            trainer.process(TrainerSetup.events(FULL, TrainerSetup.MINIBATCH));
            trainer.watermark(FULL - 1 + 2 * 8);

            sweep(trainer);

            assertThat(trainer.metrics().value("sweptKeys")).isZero();
        }
    }

    @Test
    void nothingIsSweptWithoutATimeToLive() throws Exception {
        try (var trainer = TestingTrainer.start(TrainerSetup.atArrival())) {
            trainer.process(TrainerSetup.events(FULL, TrainerSetup.MINIBATCH));
            trainer.watermark(1_000_000_000_000L);

            sweep(trainer);

            assertThat(trainer.remembered()).hasSize(TrainerSetup.MINIBATCH);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void keyWhoseWindowWaitsIsSpared(TrainerSetup setup) throws Exception {
        List<Event<String>> first = TrainerSetup.events(FULL, TrainerSetup.MINIBATCH);
        List<Event<String>> second =
                TrainerSetup.events(2 * FULL - 1, TrainerSetup.MINIBATCH).stream()
                        .filter(event -> event.time() >= FULL && !event.key().equals("key-2"))
                        .toList();
        List<Event<String>> last =
                TrainerSetup.events(FULL, 1).stream()
                        .map(event -> Event.of("new", event.time() + 100, event.numbers()))
                        .toList();
        try (var trainer = TestingTrainer.start(setup);
                var never = TestingTrainer.start(setup)) {
            for (var each : List.of(trainer, never)) {
                each.process(first);
                each.process(second);
                each.watermark(99);
                if (each == trainer) {
                    sweep(trainer);
                }
                each.process(last);
                each.watermark(200);
            }

            assertThat(trainer.metrics().value("sweptKeys")).isEqualTo(1); // key-2
            assertThat(trainer.metrics().value("minibatches")).isEqualTo(2);
            assertThat(trainer.published()).isEqualTo(never.published());
            sweep(trainer);
            assertThat(trainer.remembered()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lstm(4) dense(1), false", "lstm(4) dense(1), true",
        "bidirectional(lstm(4)) dense(1), false", "bidirectional(lstm(4)) dense(1), true"
    })
    void sequenceThatIsOpenIsOverAfterItsKeysTime(String network, boolean swept) throws Exception {
        ModeConfig mode = ModeConfig.sequence(SequenceOutput.EVERY_STEP, 5);
        TrainerSetup setup =
                TrainerSetup.atArrival()
                        .sequence(SequenceConfig.plain().mode(mode))
                        .withGaps(MissingSteps.MASK)
                        .network(network)
                        .minibatch(1);
        try (var trainer = TestingTrainer.start(setup);
                var never = TestingTrainer.start(setup)) {
            trainer.process(Event.of("key", 0, 1).marked(Marks.NONE.start()));
            trainer.process(Event.of("key", 1, 2));
            if (swept) {
                trainer.watermark(50);
                sweep(trainer);
            }
            trainer.process(Event.of("key", 51, 4));
            trainer.process(Event.of("key", 52, 5).marked(Marks.NONE.end()));

            assertThat(trainer.metrics().value("sweptKeys")).isEqualTo(swept ? 1 : 0);
            assertThat(trainer.rejected())
                    .extracting(Rejected::cause)
                    .containsExactly(Rejected.Cause.SEQUENCE, Rejected.Cause.SEQUENCE);
            for (var each : List.of(trainer, never)) {
                each.process(Event.of("key", 60, 1).marked(Marks.NONE.start()));
                each.process(Event.of("key", 61, 3));
                each.process(Event.of("key", 62, 2).marked(Marks.NONE.end()));
            }
            assertThat(trainer.published()).hasSize(1).isEqualTo(never.published());
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void sweepingAndRestoringEqualNeverHavingStopped(TrainerSetup setup) throws Exception {
        List<Said> script = script();
        List<WeightUpdate> undisturbed = new ArrayList<>();
        try (var trainer = TestingTrainer.start(setup)) {
            for (Said said : script) {
                said.to(trainer);
            }
            trainer.end();
            undisturbed.addAll(trainer.published());
        }
        assertThat(undisturbed).hasSizeGreaterThan(3);

        for (int every : new int[] {1, 7, 20}) {
            assertThat(publishedBySweeping(setup, script, every)).isEqualTo(undisturbed);
        }
    }

    /** What is published with a sweep and then a failure after every so many. */
    private static List<WeightUpdate> publishedBySweeping(
            TrainerSetup setup, List<Said> script, int every) throws Exception {
        List<WeightUpdate> published = new ArrayList<>();
        OperatorSubtaskState state = null;
        double swept = 0;
        for (int from = 0; from <= script.size(); from += every) {
            try (var trainer =
                    state == null
                            ? TestingTrainer.start(setup)
                            : TestingTrainer.restore(setup, state)) {
                for (Said said : script.subList(from, Math.min(from + every, script.size()))) {
                    said.to(trainer);
                }
                sweep(trainer);
                if (from + every > script.size()) {
                    trainer.end();
                }
                state = trainer.checkpoint();
                published.addAll(trainer.published());
                swept += trainer.metrics().value("sweptKeys");
            }
        }
        assertThat(swept).isPositive();
        return published;
    }

    /** What a trainer is told: one event or watermark. */
    @FunctionalInterface
    private interface Said {
        void to(TestingTrainer trainer) throws Exception;
    }

    /** Six keys; each is silent for a hundred milliseconds after every other window and a half. */
    private static List<Said> script() {
        List<Said> script = new ArrayList<>();
        List<Event<String>> events = TrainerSetup.events(7, 6);
        for (int round = 0; round < 4; round++) {
            for (Event<String> event : events) {
                int key = Integer.parseInt(event.key().substring("key-".length()));
                if ((key + round) % 2 == 0) {
                    long time = 50L * round + event.time();
                    Event<String> moved = Event.of(event.key(), time, event.numbers());
                    script.add(trainer -> trainer.process(moved));
                    script.add(trainer -> trainer.watermark(time - 1));
                }
            }
            long silence = 50L * round + 49;
            script.add(trainer -> trainer.watermark(silence));
        }
        return script;
    }

    private static void sweep(TestingTrainer trainer) throws Exception {
        for (int slice = 0; slice < ALL_SLICES; slice++) {
            trainer.checkpoint();
            trainer.passMillis(10);
        }
    }
}
