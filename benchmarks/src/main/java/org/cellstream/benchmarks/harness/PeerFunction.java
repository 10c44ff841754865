package org.cellstream.benchmarks.harness;

import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * Calls another library for each event, with the key's state in a {@code ValueState}. Filling the
 * state takes no call: it would take minutes, and is not measured.
 */
final class PeerFunction extends KeyedProcessFunction<Long, Event<Long>, Forecast<Long>> {

    private static final long serialVersionUID = 1L;

    private final PeerCell.Maker maker;
    private final int hidden;
    private transient @Nullable PeerCell cell;
    private transient @Nullable ValueState<float[]> state;

    PeerFunction(PeerCell.Maker maker, int hidden) {
        this.maker = maker;
        this.hidden = hidden;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        cell = maker.make();
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "h-and-c",
                                        PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Event<Long> event, Context context, Collector<Forecast<Long>> out)
            throws Exception {
        ValueState<float[]> stateOfKey = Objects.requireNonNull(state, "open() sets it");
        PeerCell stepping = Objects.requireNonNull(cell, "open() makes it");
        float[] now = stateOfKey.value();
        if (now == null) {
            now = new float[2 * hidden];
        }
        boolean fills = event.offset() == EventItems.FILL;
        float y = fills ? 0 : stepping.step(event.numbers(), now);
        stateOfKey.update(now);
        out.collect(NoOpFunction.forecast(event, y));
    }

    @Override
    public void close() {
        if (cell != null) {
            cell.close();
        }
    }
}
