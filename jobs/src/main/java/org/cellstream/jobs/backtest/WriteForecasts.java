package org.cellstream.jobs.backtest;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.cellstream.event.Forecast;
import org.cellstream.jobs.kafka.JsonForecasts;
import org.jspecify.annotations.Nullable;

/**
 * Writes forecasts to a file for each subtask, as {@link ToldForecasts} reads them, and counts
 * them. An operator, not a sink, since there is nothing to commit: a job that fails is not tried
 * again.
 */
final class WriteForecasts extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Forecast<String>, Void> {

    /** The accumulator that says how many there were. */
    static final String COUNT = "forecasts";

    private static final long serialVersionUID = 1L;
    private static final int BUFFER = 1 << 16;

    private final String folder;
    private final int point;
    private transient JsonForecasts json;
    private transient LongCounter count;
    private transient @Nullable DataOutputStream out;

    /**
     * @param folder where the files go; it is there
     * @param point which of a forecast's values its error is measured by
     */
    WriteForecasts(Path folder, int point) {
        this.folder = folder.toString();
        this.point = point;
    }

    @Override
    public void open() throws Exception {
        super.open();
        json = new JsonForecasts();
        count = new LongCounter();
        getRuntimeContext().addAccumulator(COUNT, count);
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(Path.of(folder, Integer.toString(subtask))),
                                BUFFER));
    }

    @Override
    public void processElement(StreamRecord<Forecast<String>> element) throws IOException {
        if (out == null) {
            throw new IllegalStateException("a forecast came before the operator was opened");
        }
        Forecast<String> forecast = element.getValue();
        byte[] text = json.encode(forecast);
        out.writeInt(text.length);
        out.write(text);
        out.writeDouble(forecast.values()[point]);
        out.writeDouble(forecast.low());
        out.writeDouble(forecast.high());
        out.writeDouble(forecast.anomaly());
        double[] experts = forecast.experts();
        out.writeInt(experts.length);
        for (double expert : experts) {
            out.writeDouble(expert);
        }
        count.add(1);
    }

    @Override
    public void finish() throws Exception {
        super.finish();
        closeFile();
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            closeFile();
        }
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
