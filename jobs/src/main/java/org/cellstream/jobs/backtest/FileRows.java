package org.cellstream.jobs.backtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.cellstream.event.Event;
import org.cellstream.jobs.kafka.DecodedRecord;
import org.cellstream.jobs.kafka.EventFormat;
import org.cellstream.jobs.kafka.JsonEvents;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.RowJson;

/** The rows of a file in their order, each as the event that a replay would read from Kafka. */
@SuppressWarnings("deprecation") // a source of the new kind has splits and state; a file has none
final class FileRows implements SourceFunction<DecodedRecord> {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final ArrayList<String> wide;
    private final EventFormat format;
    private final long through;
    private volatile boolean running = true;

    /**
     * @param wide columns of the file that are keys
     * @param through events after this time are left out, epoch milliseconds
     */
    FileRows(Path file, List<String> wide, EventFormat format, long through) {
        this.file = file.toString();
        this.wide = new ArrayList<>(wide);
        this.format = format;
        this.through = through;
    }

    @Override
    public void run(SourceContext<DecodedRecord> context) throws Exception {
        CsvFile csv = CsvFile.open(Path.of(file)).wide(wide);
        RowJson json = new RowJson(csv.header(), csv.header().indexOf(format.key()));
        JsonEvents events = new JsonEvents(format);
        long[] row = new long[1];
        csv.forEachRow(
                cells -> {
                    if (!running) {
                        return;
                    }
                    DecodedRecord record = events.decode(json.encode(cells), file, ++row[0]);
                    Event<String> event = record.event();
                    if (event == null || event.time() <= through) {
                        synchronized (context.getCheckpointLock()) {
                            context.collect(record);
                        }
                    }
                });
    }

    @Override
    public void cancel() {
        running = false;
    }
}
