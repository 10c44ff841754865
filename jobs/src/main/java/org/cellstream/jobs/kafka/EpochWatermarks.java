package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of a partition at the starts of epochs, each right behind the first event of its
 * epoch, or as long after it as events may be out of order: where they stand among the events does
 * not depend on the clock, so that two runs give the same forecasts also where events are not in
 * order of time. Rejected records have no time, so they move nothing.
 */
final class EpochWatermarks implements WatermarkGenerator<DecodedRecord> {

    private final long epochMillis;
    private final long behind;
    private long latest = Long.MIN_VALUE;

    /**
     * @param epochMillis length of an epoch, milliseconds of event time
     * @param behind how far behind the latest event another one may come, milliseconds
     */
    EpochWatermarks(long epochMillis, long behind) {
        this.epochMillis = epochMillis;
        this.behind = behind;
    }

    @Override
    public void onEvent(DecodedRecord record, long timestamp, WatermarkOutput output) {
        if (record.event() == null) {
            return;
        }
        long epoch = Math.floorDiv(record.event().time() - behind, epochMillis);
        if (epoch > latest) {
            latest = epoch;
            output.emitWatermark(new Watermark(epoch * epochMillis - 1));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // Only events move event time.
    }
}
