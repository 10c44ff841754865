package org.cellstream.inference;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;

/**
 * Metrics of the forecaster, in the group {@code cellstream} of the operator {@code forecaster};
 * one set per subtask.
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><th>name</th><th>type</th><th>unit</th></tr>
 * <tr><td>{@code batchRows}</td><td>histogram</td><td>rows stepped per flush</td></tr>
 * <tr><td>{@code flushesByFull}, {@code ByDelay}, {@code ByWatermark}, {@code ByBarrier}, {@code ByWeights}, {@code
 *     ByEndOfInput}</td><td>counters</td><td>flushes</td></tr>
 * <tr><td>{@code stepNanos}</td><td>histogram</td><td>nanoseconds per wave inside the network</td></tr>
 * <tr><td>{@code forecasts}</td><td>counter</td><td>forecasts emitted</td></tr>
 * <tr><td>{@code weightsGeneration}, {@code weightsNumber}</td><td>gauges</td><td>version that is served</td></tr>
 * <tr><td>{@code weightsIgnored}</td><td>counter</td><td>updates not newer than what is served</td></tr>
 * <tr><td>{@code weightsRefused}</td><td>counter</td><td>updates made for another network</td></tr>
 * <tr><td>{@code rejected}</td><td>counter</td><td>events whose values no column can take</td></tr>
 * <tr><td>{@code late}</td><td>counter</td><td>events older than their key's last</td></tr>
 * <tr><td>{@code coldKeys}</td><td>counter</td><td>forecasts of keys that started from zeros</td></tr>
 * <tr><td>{@code heldEvents}, {@code releasedEvents}</td><td>counters</td><td>events that waited for their epoch's weights, and
 *     those that no longer do</td></tr>
 * <tr><td>{@code absoluteErrorSum}, {@code persistenceAbsoluteErrorSum}</td><td>gauges</td><td>sums over all events since the start
 *     that had a forecast, in the unit of the target; 1 minus the ratio of their sums over all subtasks is the skill</td></tr>
 * </table>
 */
final class InferenceMetrics {

    private static final int HISTOGRAM_WINDOW = 1024;

    private final Histogram batchRows;
    private final Histogram stepNanos;
    private final Map<FlushReason, Counter> flushes = new EnumMap<>(FlushReason.class);
    private final Counter forecasts;
    private final Counter weightsIgnored;
    private final Counter weightsRefused;
    private final Counter rejected;
    private final Counter late;
    private final Counter coldKeys;
    private final Counter heldEvents;
    private final Counter releasedEvents;
    private volatile long weightsGeneration;
    private volatile long weightsNumber;
    private volatile double absoluteErrorSum;
    private volatile double persistenceAbsoluteErrorSum;

    InferenceMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("cellstream");
        batchRows =
                group.histogram("batchRows", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        stepNanos =
                group.histogram("stepNanos", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        for (FlushReason reason : FlushReason.values()) {
            flushes.put(reason, group.counter(reason.counter()));
        }
        forecasts = group.counter("forecasts");
        weightsIgnored = group.counter("weightsIgnored");
        weightsRefused = group.counter("weightsRefused");
        rejected = group.counter("rejected");
        late = group.counter("late");
        coldKeys = group.counter("coldKeys");
        heldEvents = group.counter("heldEvents");
        releasedEvents = group.counter("releasedEvents");
        group.gauge("weightsGeneration", () -> weightsGeneration);
        group.gauge("weightsNumber", () -> weightsNumber);
        group.gauge("absoluteErrorSum", () -> absoluteErrorSum);
        group.gauge("persistenceAbsoluteErrorSum", () -> persistenceAbsoluteErrorSum);
    }

    void flushed(FlushReason reason, int rows) {
        Objects.requireNonNull(flushes.get(reason)).inc();
        batchRows.update(rows);
    }

    void stepped(long nanos) {
        stepNanos.update(nanos);
    }

    // The sums have one writer, the operator's thread: volatile is for the reader.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void emitted(Forecast<?> forecast) {
        forecasts.inc();
        if (forecast.cold()) {
            coldKeys.inc();
        }
        if (!Double.isNaN(forecast.error())) {
            absoluteErrorSum += Math.abs(forecast.error());
            persistenceAbsoluteErrorSum += Math.abs(forecast.persistenceError());
        }
    }

    void serving(WeightUpdate weights) {
        weightsGeneration = weights.generation();
        weightsNumber = weights.number();
    }

    void ignoredWeights() {
        weightsIgnored.inc();
    }

    void refusedWeights() {
        weightsRefused.inc();
    }

    void rejected() {
        rejected.inc();
    }

    void late() {
        late.inc();
    }

    void held() {
        heldEvents.inc();
    }

    void released() {
        releasedEvents.inc();
    }
}
