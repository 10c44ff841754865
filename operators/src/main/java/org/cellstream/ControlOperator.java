package org.cellstream;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Event;
import org.cellstream.event.Shared;

/**
 * Parts orders: those about one key become events of that key, those about all keys or about
 * weights go to the side output {@link #shared}. Runs at parallelism 1, so that orders stay in
 * order.
 *
 * <p>It holds event time back only until the orders that were known from the start have been sent:
 * it says that it is idle then, and passes no watermark but the last. Event time cannot pass a
 * consumer before that, since an input that has said nothing yet is waited for.
 */
final class ControlOperator<K> extends AbstractStreamOperator<Event<K>>
        implements OneInputStreamOperator<Control<K>, Event<K>> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<K> keyType;
    private final byte[] first;
    private final Consumer consumer;

    private transient ListState<Boolean> started;
    private transient OutputTag<Shared<K>> shared;

    /** Who gets the orders. */
    enum Consumer {
        /** Hears those about memories. */
        FORECASTER,
        /** Hears those about weights, and that a key is to be forgotten. */
        TRAINER;

        private boolean hears(Action action) {
            return switch (this) {
                case FORECASTER -> !action.aboutWeights();
                case TRAINER -> action.aboutWeights() || action == Action.FORGET;
            };
        }
    }

    private ControlOperator(TypeInformation<K> keyType, byte[] first, Consumer consumer) {
        this.keyType = keyType;
        this.first = first;
        this.consumer = consumer;
    }

    /**
     * @param first orders known from the start, sent before all others where no state is restored
     * @param serializer of orders
     */
    static <K> ControlOperator<K> of(
            TypeInformation<K> keyType,
            List<Control<K>> first,
            TypeSerializer<Control<K>> serializer,
            Consumer consumer) {
        try {
            byte[] bytes =
                    InstantiationUtil.serializeToByteArray(new ListSerializer<>(serializer), first);
            return new ControlOperator<>(keyType, bytes, consumer);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the orders " + first + " cannot be serialized with " + serializer, e);
        }
    }

    /** Where orders about all keys go. */
    static <K> OutputTag<Shared<K>> shared(TypeInformation<K> keyType) {
        return new OutputTag<>("shared", Shared.type(keyType));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        started =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("started", Types.BOOLEAN));
    }

    @Override
    public void open() throws Exception {
        super.open();
        shared = shared(keyType);
        // A job that is restored without this operator's state starts it fresh, so the question is
        // not whether the job was restored.
        if (!started.get().iterator().hasNext()) {
            for (Control<K> order : firstOrders()) {
                send(order);
            }
            started.add(true);
        }
        output.emitWatermarkStatus(WatermarkStatus.IDLE);
    }

    private List<Control<K>> firstOrders() throws IOException {
        TypeSerializer<Control<K>> serializer =
                Control.type(keyType).createSerializer(getExecutionConfig().getSerializerConfig());
        return InstantiationUtil.deserializeFromByteArray(new ListSerializer<>(serializer), first);
    }

    @Override
    public void processElement(StreamRecord<Control<K>> element) {
        send(element.getValue());
    }

    private void send(Control<K> order) {
        if (!consumer.hears(order.action())) {
            return;
        }
        if (order.key() == null) {
            output.collect(shared, new StreamRecord<>(Shared.of(order)));
        } else {
            output.collect(new StreamRecord<>(Event.of(order)));
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // Whatever the stream of orders is, event time does not wait for it.
    }
}
