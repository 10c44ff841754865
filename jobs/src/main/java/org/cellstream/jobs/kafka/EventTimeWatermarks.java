package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of a partition whose events come in order of time, or out of it by a bound. Rejected
 * records have no time, so they move nothing.
 */
final class EventTimeWatermarks implements WatermarkGenerator<DecodedRecord> {

    private final long behind;
    private long latest = Long.MIN_VALUE;

    /**
     * @param behind how far behind the latest event another one may come, milliseconds
     */
    EventTimeWatermarks(long behind) {
        this.behind = behind;
    }

    @Override
    public void onEvent(DecodedRecord record, long timestamp, WatermarkOutput output) {
        if (record.event() != null) {
            latest = Math.max(latest, record.event().time());
        }
    }

    /** Later events may have the latest time too, so the watermark stays before it. */
    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (latest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(latest - behind - 1));
        }
    }

    /** Event time; a rejected record keeps the time of the Kafka record. */
    static long time(DecodedRecord record, long recordTime) {
        return record.event() == null ? recordTime : record.event().time();
    }
}
