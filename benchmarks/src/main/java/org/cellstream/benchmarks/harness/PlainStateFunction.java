package org.cellstream.benchmarks.harness;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;
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
 * Reads a key's bytes and writes them, with how often that happened in the first of them. The
 * others are random, since h and c can hardly be compressed either.
 */
final class PlainStateFunction extends KeyedProcessFunction<Long, Event<Long>, Forecast<Long>> {

    private static final long serialVersionUID = 1L;

    private final int size;
    private transient @Nullable ValueState<byte[]> state;

    /**
     * @param size bytes of a key
     */
    PlainStateFunction(int size) {
        this.size = size;
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "bytes",
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Event<Long> event, Context context, Collector<Forecast<Long>> out)
            throws Exception {
        ValueState<byte[]> bytesOfKey = Objects.requireNonNull(state, "open() sets it");
        byte[] bytes = bytesOfKey.value();
        if (bytes == null) {
            bytes = new byte[size];
            new SplittableRandom(event.key()).nextBytes(bytes);
            ByteBuffer.wrap(bytes).putLong(0, 0);
        }
        ByteBuffer counted = ByteBuffer.wrap(bytes);
        long count = counted.getLong(0) + 1;
        counted.putLong(0, count);
        bytesOfKey.update(bytes);
        out.collect(NoOpFunction.forecast(event, (double) count));
    }
}
