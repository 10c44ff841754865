package org.cellstream.jobs.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.cellstream.event.Event;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.DecodedRecord;
import org.cellstream.jobs.kafka.EventFormat;
import org.cellstream.jobs.kafka.JsonEvents;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.RowJson;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file in their order, each as the event that a replay would read from Kafka. Behind
 * the last it lets event time pass all of them, and stays open until it is cancelled, so that a
 * savepoint can be taken.
 */
@SuppressWarnings("deprecation") // a source of the new kind has state
final class CsvRows implements SourceFunction<DecodedRecord> {

    private static final long serialVersionUID = 1L;

    /** Rows from one watermark to the next; each ends a batch of the forecaster. */
    private static final int WATERMARK_EVERY = 1024;

    private final String file;
    private final EventFormat format;
    private final long lastTime;
    private final long behind;
    private transient @Nullable CountDownLatch cancelled;
    private volatile boolean running = true;

    /**
     * @param lastTime last event time of the file, epoch milliseconds
     */
    CsvRows(Path file, JobConfig config, long lastTime) {
        this.file = file.toString();
        this.format = config.format();
        this.lastTime = lastTime;
        this.behind = config.watermarks().outOfOrderness().toMillis();
    }

    @Override
    public void run(SourceContext<DecodedRecord> context) throws Exception {
        CountDownLatch end = latch();
        CsvFile csv = CsvFile.open(Path.of(file));
        Rows rows = new Rows(context, csv);
        csv.forEachRow(
                cells -> {
                    if (running) {
                        rows.emit(cells);
                    }
                });
        if (running) {
            context.emitWatermark(new Watermark(lastTime));
        }
        end.await();
    }

    private synchronized CountDownLatch latch() {
        if (cancelled == null) {
            cancelled = new CountDownLatch(running ? 1 : 0);
        }
        return cancelled;
    }

    @Override
    public void cancel() {
        running = false;
        latch().countDown();
    }

    /** Turns rows into events, as far as it has come. */
    private final class Rows {

        private final SourceContext<DecodedRecord> context;
        private final RowJson json;
        private final JsonEvents events;
        private long row;
        private long latest = Long.MIN_VALUE;

        Rows(SourceContext<DecodedRecord> context, CsvFile csv) {
            this.context = context;
            events = new JsonEvents(format);
            json = new RowJson(csv.header(), csv.header().indexOf(format.key()));
        }

        void emit(List<String> cells) throws IOException {
            DecodedRecord record = events.decode(json.encode(cells), file, ++row);
            Event<String> event = record.event();
            synchronized (context.getCheckpointLock()) {
                if (event == null) {
                    context.collect(record);
                } else {
                    context.collectWithTimestamp(record, event.time());
                    latest = Math.max(latest, event.time());
                }
                if (row % WATERMARK_EVERY == 0 && latest != Long.MIN_VALUE) {
                    // More rows may have this time, or one as far behind as the job allows.
                    context.emitWatermark(new Watermark(latest - behind - 1));
                }
            }
        }
    }
}
