package org.cellstream.inference;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;

/** Where the forecaster's results go, each counted. */
final class ForecasterOutput<K> {

    private final Output<StreamRecord<Forecast<K>>> output;
    private final InferenceMetrics metrics;

    /** Of all forecasts: who takes it keeps the forecast and not this, as Flink's own do. */
    private final StreamRecord<Forecast<K>> record = new StreamRecord<>(null);

    private final OutputTag<Event<K>> lateTag;
    private final OutputTag<Rejected> rejectedTag = ForecastingOperator.rejected();
    private final OutputTag<StateReport<K>> reportsTag;

    ForecasterOutput(
            Output<StreamRecord<Forecast<K>>> output,
            InferenceMetrics metrics,
            TypeInformation<K> keyType) {
        this.output = output;
        this.metrics = metrics;
        this.lateTag = ForecastingOperator.late(Event.type(keyType));
        this.reportsTag = ForecastingOperator.reports(keyType);
    }

    void forecast(Forecast<K> forecast) {
        metrics.emitted(forecast);
        output.collect(record.replace(forecast, forecast.time()));
    }

    void late(Event<K> event) {
        metrics.late();
        output.collect(lateTag, new StreamRecord<>(event, event.time()));
    }

    void rejected(Rejected rejected) {
        metrics.rejected();
        output.collect(rejectedTag, new StreamRecord<>(rejected));
    }

    void report(StateReport<K> report) {
        output.collect(reportsTag, new StreamRecord<>(report));
    }
}
