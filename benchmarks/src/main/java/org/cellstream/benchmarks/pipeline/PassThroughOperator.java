package org.cellstream.benchmarks.pipeline;

import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Shared;

/**
 * Stands where the forecaster stood: a forecast for each event, and no network or memory. Its
 * forecasts have as many digits as real ones: numbers that end after a few, or are null, are
 * written faster and travel lighter.
 */
final class PassThroughOperator extends AbstractStreamOperator<Forecast<String>>
        implements TwoInputStreamOperator<Event<String>, Shared<String>, Forecast<String>> {

    private static final long serialVersionUID = 1L;

    /** Makes any number one that takes all digits that a double has. */
    private static final double ENDLESS = 3;

    /** Puts it in the forecaster's place, in a job that else stays as it is. */
    static void replaceForecaster(StreamGraph graph) {
        StreamNode forecaster =
                graph.getStreamNodes().stream()
                        .filter(node -> node.getOperatorName().equals("forecaster"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no node is a forecaster"));
        forecaster.setOperatorFactory(SimpleOperatorFactory.of(new PassThroughOperator()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        super.processWatermarkStatus(WatermarkStatus.IDLE, 1); // as the forecaster does
    }

    @Override
    public void processElement1(StreamRecord<Event<String>> element) {
        Event<String> event = element.getValue();
        if (event.control() == null) {
            output.collect(new StreamRecord<>(forecast(event), event.time()));
        }
    }

    private static Forecast<String> forecast(Event<String> event) {
        double target = event.numbers()[0];
        double value = target / ENDLESS;
        return new Forecast<>(
                event.key(),
                event.time(),
                1,
                new double[] {value},
                new double[] {value},
                1,
                0,
                false,
                1,
                target - value,
                target - event.numbers()[1],
                false);
    }

    @Override
    public void processElement2(StreamRecord<Shared<String>> element) {
        // There are no weights that it could use.
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // Nor do they hold event time back.
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
        if (index == 0) {
            super.processWatermarkStatus(status, index);
        }
    }
}
