package org.cellstream.jobs.kafka;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * What became of one Kafka record: an event, or a rejection. Exactly one of them is there. Records
 * are decoded inside the source, which needs the event's time for the watermark of each partition;
 * {@link SplitDecodedFunction} parts the two.
 *
 * @param event the event, or null
 * @param rejected why there is no event, or null
 */
@Internal
public record DecodedRecord(@Nullable Event<String> event, @Nullable Rejected rejected) {

    static DecodedRecord of(Event<String> event) {
        return new DecodedRecord(event, null);
    }

    static DecodedRecord of(Rejected rejected) {
        return new DecodedRecord(null, rejected);
    }

    /** The Flink type of decoded records. */
    public static TypeInformation<DecodedRecord> type() {
        return Types.POJO(
                DecodedRecord.class,
                Map.of("event", Event.type(Types.STRING), "rejected", Rejected.type()));
    }
}
