package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.PracticeConfig;
import org.cellstream.config.ScheduleConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.junit.jupiter.api.Test;

/** What events say about themselves, and what becomes of those without a target. */
class TrainerMarksTest {

    private static final SequenceConfig SEQUENCES =
            SequenceConfig.plain().mode(ModeConfig.sequence(SequenceOutput.EVERY_STEP, 5));

    private static TrainingConfig config(SequenceConfig sequence, MissingTarget missing) {
        return new TrainingConfig(
                new LearningConfig(
                        4,
                        1,
                        1,
                        LossConfig.mse(),
                        new OptimiserConfig(
                                OptimiserConfig.Method.parse("adam"),
                                0.01,
                                ScheduleConfig.constant(),
                                1,
                                null)),
                TimingConfig.atArrival(),
                new StandardisationConfig(0.01, 6),
                sequence,
                1,
                1,
                LabelSource.NEXT_EVENT,
                1,
                missing,
                PracticeConfig.plain());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Event<String>, WeightUpdate>
            trainer(SequenceConfig sequence, MissingTarget missing) throws Exception {
        Columns columns = Columns.parse("value", "value");
        Network network = Network.parse("lstm(4) dense(1)", columns.width());
        TrainingConfig config = config(sequence, missing);
        var operator =
                new TrainingOperator<String>(
                        new MemoryShape(network, columns),
                        config,
                        new WeightUpdate(
                                1,
                                0,
                                network.toString(),
                                WeightUpdate.AT_ARRIVAL,
                                Weights.seeded(network, 1).values()),
                        1,
                        Types.STRING);
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<String, Event<String>, WeightUpdate>(
                        operator, Event::key, Types.STRING, 16, 1, 0);
        harness.setStateBackend(new HashMapStateBackend());
        harness.setup(
                WeightUpdate.type()
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        harness.open();
        return harness;
    }

    private static List<WeightUpdate> learned(
            SequenceConfig sequence, MissingTarget missing, List<Event<String>> events)
            throws Exception {
        try (var trainer = trainer(sequence, missing)) {
            for (Event<String> event : events) {
                trainer.processElement(new StreamRecord<>(event, event.time()));
            }
            return List.copyOf(trainer.extractOutputValues());
        }
    }

    private static List<Event<String>> sines(int n) {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            events.add(Event.of("key", i, Math.sin(i)));
        }
        return events;
    }

    @Test
    void maskedEventWithoutATargetLeavesNoTrace() throws Exception {
        List<Event<String>> with = new ArrayList<>(sines(12));
        with.add(7, Event.of("key", 6, Double.NaN).marked(Marks.NONE.mask()));

        List<WeightUpdate> expected =
                learned(SequenceConfig.plain(), MissingTarget.FEEDBACK, sines(12));
        assertThat(expected).isNotEmpty();
        assertThat(learned(SequenceConfig.plain(), MissingTarget.FEEDBACK, with))
                .isEqualTo(expected);
    }

    @Test
    void weightThatNoFloatCanBeStopsNoJob() throws Exception {
        List<Event<String>> events = new ArrayList<>(sines(12));
        events.set(2, events.get(2).marked(Marks.NONE.weighing(1e39)));
        assertThatCode(() -> learned(SequenceConfig.plain(), MissingTarget.REJECT, events))
                .doesNotThrowAnyException();
    }

    @Test
    void sequenceEndsWithAnEventThatIsFedBackToo() throws Exception {
        List<Event<String>> events =
                List.of(
                        Event.of("key", 0, 1).marked(Marks.NONE.start()),
                        Event.of("key", 1, 2),
                        Event.of("key", 2, Double.NaN).marked(Marks.NONE.end()),
                        Event.of("key", 3, 3));

        try (var trainer = trainer(SEQUENCES, MissingTarget.FEEDBACK)) {
            for (Event<String> event : events) {
                trainer.processElement(new StreamRecord<>(event, event.time()));
            }

            assertThat(trainer.getSideOutput(TrainingOperator.rejected())).hasSize(1);
        }
    }

    @Test
    void maskedEventOfAnUnseenKeyLeavesNoMemory() throws Exception {
        try (var trainer = trainer(SequenceConfig.plain(), MissingTarget.REJECT)) {
            trainer.processElement(
                    new StreamRecord<>(Event.of("key", 0, 1).marked(Marks.NONE.mask()), 0));
            try (var keys =
                    trainer.getOperator()
                            .<String>getKeyedStateBackend()
                            .getKeys(MemoryState.NAME, VoidNamespace.INSTANCE)) {
                assertThat(keys.toList()).isEmpty();
            }
        }
    }
}
