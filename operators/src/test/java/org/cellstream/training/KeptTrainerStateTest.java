package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A trainer's state of each memory mode as an earlier release wrote it, read forever: open windows
 * of sequences, and held events with all that they say about themselves. Made as those of the
 * forecaster's {@code KeptStateTest}; nothing had been learned yet, which depends on the CPU.
 */
class KeptTrainerStateTest {

    private static final Path FILES = Path.of("src/test/resources/org/cellstream/training");

    private static final int KEYS = 2;

    /** What was kept in which mode. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes a setup
    private enum Kept {
        SEQUENCE(sequences("lstm(4) dense(1)")),
        WHOLE_SEQUENCE(sequences("bidirectional(lstm(3)) dense(1)")),
        WINDOW(TrainerSetup.atArrival().slidingBy(2).inOrder().minibatch(8));

        private final TrainerSetup setup;

        Kept(TrainerSetup setup) {
            this.setup = setup;
        }

        private Path file(Path folder) {
            return folder.resolve(
                    "trainer-%s-0.1.0.snapshot".formatted(name().toLowerCase(Locale.ROOT)));
        }
    }

    private static TrainerSetup sequences(String network) {
        ModeConfig mode = ModeConfig.sequence(SequenceOutput.EVERY_STEP, 6);
        return TrainerSetup.atArrival()
                .network(network)
                .sequence(SequenceConfig.plain().mode(mode))
                .inOrder()
                .givenLabels()
                .minibatch(8);
    }

    /** Sequences of six events, of which the fourth is masked. */
    private static List<Event<String>> events() {
        List<Event<String>> events = new ArrayList<>();
        for (Event<String> event : TrainerSetup.events(48, KEYS)) {
            Marks marks =
                    Marks.NONE
                            .labelled(event.numbers()[0] / 2)
                            .weighing(1 + (int) event.time() % 3);
            events.add(
                    event.marked(
                            switch ((int) event.time() % 6) {
                                case 0 -> marks.start();
                                case 3 -> marks.mask();
                                case 5 -> marks.end();
                                default -> marks;
                            }));
        }
        return events;
    }

    /** Up to where the state was written: the last of these events are held. */
    private static void before(TestingTrainer trainer) throws Exception {
        trainer.process(events().subList(0, KEYS * 12));
        trainer.watermark(8);
    }

    private static void after(TestingTrainer trainer) throws Exception {
        trainer.process(events().subList(KEYS * 12, KEYS * 48));
        trainer.end();
    }

    @ParameterizedTest
    @EnumSource
    void restoredTrainerGoesOnAsIfNeverStopped(Kept kept) throws Exception {
        OperatorSubtaskState state =
                OperatorSnapshotUtil.readStateHandle(kept.file(FILES).toString());

        try (var restored = TestingTrainer.restore(kept.setup, state);
                var undisturbed = TestingTrainer.start(kept.setup)) {
            after(restored);

            before(undisturbed);
            assertThat(undisturbed.published()).isEmpty();
            after(undisturbed);
            assertThat(restored.published()).isNotEmpty().isEqualTo(undisturbed.published());
            assertThat(restored.rejected()).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cellstream.savepoints", matches = ".+")
    void makesThoseOfThisRelease() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("cellstream.savepoints")));
        for (Kept kept : Kept.values()) {
            try (var trainer = TestingTrainer.start(kept.setup)) {
                before(trainer);
                OperatorSnapshotUtil.writeStateHandle(
                        trainer.checkpoint(), kept.file(folder).toString());
            }

            assertThat(kept.file(folder)).isNotEmptyFile();
        }
    }
}
