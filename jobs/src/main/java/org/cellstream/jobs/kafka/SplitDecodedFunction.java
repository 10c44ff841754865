package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;

/** Parts events from rejections, which go to the side output {@link #rejected}. */
@Internal
public final class SplitDecodedFunction extends ProcessFunction<DecodedRecord, Event<String>> {

    private static final long serialVersionUID = 1L;

    /** The side output of rejections. */
    public static OutputTag<Rejected> rejected() {
        return new OutputTag<>("rejected", Rejected.type());
    }

    private final OutputTag<Rejected> rejected = rejected();

    @Override
    public void processElement(
            DecodedRecord record, Context context, Collector<Event<String>> out) {
        if (record.event() != null) {
            out.collect(record.event());
        } else if (record.rejected() != null) {
            context.output(rejected, record.rejected());
        }
    }
}
