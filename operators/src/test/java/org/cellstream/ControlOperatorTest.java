package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.cellstream.ControlOperator.Consumer;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Shared;
import org.junit.jupiter.api.Test;

class ControlOperatorTest {

    private static final Control<String> SEED =
            Control.seed("A", Map.of("lstm", new float[] {1, 2})).from(5);
    private static final Control<String> ALL = Control.resetAll(7);

    @Test
    void partsOrdersAboutOneKeyFromThoseAboutAll() throws Exception {
        try (var orders = open(Consumer.FORECASTER, List.of())) {
            orders.processElement(new StreamRecord<>(Control.report("A")));
            orders.processElement(new StreamRecord<>(ALL));
            orders.processElement(new StreamRecord<>(Control.reset("B")));

            assertThat(orders.extractOutputValues())
                    .containsExactly(Event.of(Control.report("A")), Event.of(Control.reset("B")));
            assertThat(orders.getSideOutput(ControlOperator.shared(Types.STRING)))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(Shared.of(ALL));
        }
    }

    @Test
    void tellsTheTrainerWhatToForgetAndOrdersAboutWeights() throws Exception {
        Control<String> freeze = Control.ofWeights(Control.Action.FREEZE);
        try (var orders = open(Consumer.TRAINER, List.of(SEED, ALL))) {
            orders.processElement(new StreamRecord<>(Control.report("A")));
            orders.processElement(new StreamRecord<>(Control.forget("A")));
            orders.processElement(new StreamRecord<>(freeze));

            assertThat(orders.extractOutputValues()).containsExactly(Event.of(Control.forget("A")));
            assertThat(orders.getSideOutput(ControlOperator.shared(Types.STRING)))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(Shared.of(freeze));
        }
    }

    @Test
    void tellsTheForecasterNothingAboutWeights() throws Exception {
        try (var orders = open(Consumer.FORECASTER, List.of())) {
            orders.processElement(new StreamRecord<>(Control.ofWeights(Control.Action.ROLLBACK)));

            assertThat(orders.extractOutputValues()).isEmpty();
            assertThat(orders.getSideOutput(ControlOperator.shared(Types.STRING))).isNull();
        }
    }

    @Test
    void holdsEventTimeBackOnlyUntilTheFirstOrdersAreSent() throws Exception {
        try (var orders = open(Consumer.FORECASTER, List.of(SEED, ALL))) {
            orders.processWatermark(new Watermark(9));
            orders.processWatermarkStatus(WatermarkStatus.ACTIVE);
            orders.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(orders.getOutput())
                    .containsExactly(
                            new StreamRecord<>(Event.of(SEED)),
                            WatermarkStatus.IDLE,
                            Watermark.MAX_WATERMARK);
            assertThat(orders.getSideOutput(ControlOperator.shared(Types.STRING))).hasSize(1);
        }
    }

    @Test
    void sendsTheFirstOrdersOnceHoweverOftenItIsRestored() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var orders = open(Consumer.FORECASTER, List.of(SEED))) {
            checkpoint = orders.snapshot(1, 1);
        }
        try (var orders = harness(Consumer.FORECASTER, List.of(SEED))) {
            orders.initializeState(checkpoint);
            orders.open();
            checkpoint = orders.snapshot(2, 2);
        }

        try (var orders = harness(Consumer.FORECASTER, List.of(SEED))) {
            orders.initializeState(checkpoint);
            orders.open();

            assertThat(orders.getOutput()).containsExactly(WatermarkStatus.IDLE);
        }
    }

    private static OneInputStreamOperatorTestHarness<Control<String>, Event<String>> open(
            Consumer consumer, List<Control<String>> first) throws Exception {
        var harness = harness(consumer, first);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<Control<String>, Event<String>> harness(
            Consumer consumer, List<Control<String>> first) throws Exception {
        var serializer = Control.type(Types.STRING).createSerializer(new SerializerConfigImpl());
        var harness =
                new OneInputStreamOperatorTestHarness<>(
                        ControlOperator.of(Types.STRING, first, serializer, consumer), serializer);
        harness.setup(Event.type(Types.STRING).createSerializer(new SerializerConfigImpl()));
        return harness;
    }
}
