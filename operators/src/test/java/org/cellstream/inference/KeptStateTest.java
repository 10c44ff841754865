package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * State of each memory mode as an earlier release wrote it, read forever: sequences that are open,
 * events that are kept or held, and what events say about themselves. A release that adds to what
 * is kept adds files of its own and never changes one:
 *
 * <pre>{@code
 * ./mvnw -pl operators verify -Dtest=KeptStateTest -Dcellstream.savepoints=FOLDER
 * }</pre>
 */
class KeptStateTest {

    private static final Path FILES = Path.of("src/test/resources/org/cellstream/inference");

    /** What was kept in which mode. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes a setup
    private enum Kept {
        STEPPED_SEQUENCE("lstm(3) dense(1)", order(EventOrder.EVENT_TIME, 0).mode(sequences())),
        WHOLE_SEQUENCE(
                "bidirectional(lstm(3)) dense(1)",
                order(EventOrder.EVENT_TIME, 0).mode(sequences())),
        WINDOW("lstm(3) dense(1)", order(EventOrder.ARRIVAL, 3).mode(ModeConfig.window(3)));

        private final ForecasterSetup setup;

        Kept(String network, SequenceConfig sequence) {
            setup = ForecasterSetup.plain().network(network).sequence(sequence);
        }

        /** Windows run on by their forecasts, so that events are kept that were fed back. */
        private TestingJob job() {
            return new TestingJob(
                    setup.shape(),
                    this == WINDOW
                            ? setup.config().missingTarget(MissingTarget.FEEDBACK)
                            : setup.config(),
                    setup.weights(0),
                    false,
                    false);
        }

        private Path file(Path folder) {
            return folder.resolve(
                    "forecaster-%s-0.1.0.snapshot".formatted(name().toLowerCase(Locale.ROOT)));
        }
    }

    private static SequenceConfig order(EventOrder order, int rewindSteps) {
        SequenceConfig plain = SequenceConfig.plain();
        return new SequenceConfig(
                order, rewindSteps, GapConfig.none(), null, plain.weightsChange(), 20);
    }

    private static ModeConfig sequences() {
        return ModeConfig.sequence(SequenceOutput.EVERY_STEP, 5);
    }

    /**
     * A sequence of four events, the third masked; of windows some events come without a target.
     */
    private static List<Event<String>> events(Kept kept, long from) {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (String key : List.of("a", "b")) {
                boolean lacks = kept == Kept.WINDOW && i > 1;
                double value = lacks ? Double.NaN : WindowModeTest.value((int) from + i);
                Marks marks =
                        i == 0
                                ? Marks.NONE.start()
                                : i == 4
                                        ? Marks.NONE.end()
                                        : i == 2 ? Marks.NONE.mask() : Marks.NONE.weighing(2);
                events.add(Event.of(key, from + i, value).marked(marks));
            }
        }
        return events;
    }

    /** Up to where the state was written: in the second sequence, of which some is still held. */
    private static void before(Kept kept, TestingForecaster forecaster) throws Exception {
        for (Event<String> event : events(kept, 0)) {
            forecaster.process(event);
        }
        for (Event<String> event : events(kept, 10).subList(0, 7)) {
            forecaster.process(event);
        }
        forecaster.eventWatermark(11);
    }

    private static void after(Kept kept, TestingForecaster forecaster) throws Exception {
        List<Event<String>> second = events(kept, 10);
        for (Event<String> event : second.subList(7, second.size())) {
            forecaster.process(event);
        }
        forecaster.eventWatermark(20);
        if (kept == Kept.WINDOW) {
            forecaster.process("a", 13, 1.25); // late: the key goes back over what it kept
        }
        forecaster.checkpoint();
    }

    @ParameterizedTest
    @EnumSource
    void restoredJobGoesOnAsIfNeverStopped(Kept kept) throws Exception {
        List<Forecast<String>> undisturbed;
        int stopped;
        try (var forecaster = TestingForecaster.of(kept.job(), 1, 0, List.of())) {
            before(kept, forecaster);
            forecaster.checkpoint();
            stopped = forecaster.forecasts().size();
            after(kept, forecaster);
            undisturbed = forecaster.forecasts();
        }
        OperatorSubtaskState state =
                OperatorSnapshotUtil.readStateHandle(kept.file(FILES).toString());

        try (var forecaster = TestingForecaster.of(kept.job(), 1, 0, List.of(state))) {
            after(kept, forecaster);

            assertThat(forecaster.forecasts())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            undisturbed.subList(stopped, undisturbed.size()));
            assertThat(forecaster.rejected()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fileHoldsWhatTheModeKeeps(Kept kept) throws Exception {
        OperatorSubtaskState state =
                OperatorSnapshotUtil.readStateHandle(kept.file(FILES).toString());

        try (var forecaster = TestingForecaster.of(kept.job(), 1, 0, List.of(state))) {
            KeyMemory memory = forecaster.stored("a");

            switch (kept) {
                case STEPPED_SEQUENCE ->
                        assertThat(memory.sequence()).isEqualTo(OpenSequence.STEPPED);
                case WHOLE_SEQUENCE -> assertThat(memory.sequence().events()).hasSize(2);
                case WINDOW -> {
                    assertThat(memory.inputs()).isNotNull();
                    assertThat(memory.history()).isNotNull();
                }
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cellstream.savepoints", matches = ".+")
    void makesThoseOfThisRelease() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("cellstream.savepoints")));
        for (Kept kept : Kept.values()) {
            try (var forecaster = TestingForecaster.of(kept.job(), 1, 0, List.of())) {
                before(kept, forecaster);
                OperatorSnapshotUtil.writeStateHandle(
                        forecaster.checkpoint(), kept.file(folder).toString());
            }

            assertThat(kept.file(folder)).isNotEmptyFile();
        }
    }
}
