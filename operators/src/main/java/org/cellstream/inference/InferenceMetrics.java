package org.cellstream.inference;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.cellstream.config.Horizons;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.MemoryState;
import org.cellstream.state.ResidentMemories;

/**
 * Metrics of the forecaster, in the group {@code cellstream} of the operator {@code forecaster};
 * one set per subtask.
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><th>name</th><th>type</th><th>unit</th></tr>
 * <tr><td>{@code batchRows}</td><td>histogram</td><td>rows stepped per flush</td></tr>
 * <tr><td>{@code flushesByFull}, {@code ByIdle}, {@code ByDelay}, {@code ByWatermark}, {@code ByBarrier}, {@code ByWeights}, {@code
 *     ByControl}, {@code ByEndOfInput}</td><td>counters</td><td>flushes</td></tr>
 * <tr><td>{@code stepNanos}</td><td>histogram</td><td>nanoseconds per wave inside the network</td></tr>
 * <tr><td>{@code forecasts}</td><td>counter</td><td>forecasts emitted</td></tr>
 * <tr><td>{@code weightsGeneration}, {@code weightsNumber}</td><td>gauges</td><td>version that is served</td></tr>
 * <tr><td>{@code weightsIgnored}</td><td>counter</td><td>updates not newer than what is served</td></tr>
 * <tr><td>{@code weightsRefused}</td><td>counter</td><td>updates made for another network</td></tr>
 * <tr><td>{@code rejected}</td><td>counter</td><td>events whose values no column can take</td></tr>
 * <tr><td>{@code late}</td><td>counter</td><td>events older than their key's last</td></tr>
 * <tr><td>{@code coldKeys}</td><td>counter</td><td>keys that started from zeros, new ones and those that were reset</td></tr>
 * <tr><td>{@code quarantinedEvents}</td><td>counter</td><td>events rejected since their step was not finite</td></tr>
 * <tr><td>{@code explodedStates}</td><td>counter</td><td>keys reset since their state went beyond the limit</td></tr>
 * <tr><td>{@code corrections}</td><td>counter</td><td>forecasts emitted again after an event that came late</td></tr>
 * <tr><td>{@code expiredKeys}</td><td>counter</td><td>keys that came back after their time to live</td></tr>
 * <tr><td>{@code sweptKeys}</td><td>counter</td><td>keys whose space was given back after their time to live</td></tr>
 * <tr><td>{@code resetsByGap}, {@code ByOrder}, {@code ByWeights}</td><td>counters</td><td>times that a key's state, or a layer's, was reset</td></tr>
 * <tr><td>{@code rerunKeys}</td><td>counter</td><td>keys whose state was made anew by new weights</td></tr>
 * <tr><td>{@code carriedSteps}</td><td>counter</td><td>missed time steps over which a state was carried</td></tr>
 * <tr><td>{@code maskedEvents}</td><td>counter</td><td>events passed over since they said so</td></tr>
 * <tr><td>{@code droppedSequences}</td><td>counter</td><td>sequences that were to be run whole and were cut off by a new start</td></tr>
 * <tr><td>{@code controlOrders}</td><td>counter</td><td>orders carried out or kept</td></tr>
 * <tr><td>{@code residentKeys}, {@code residentBytes}</td><td>gauges</td><td>memories held on the heap, and their bytes</td></tr>
 * <tr><td>{@code memoryReads}, {@code memoryWrites}</td><td>gauges</td><td>memories read from and written to the state backend since the start</td></tr>
 * <tr><td>{@code adoptedMemories}, {@code unknownMemories}</td><td>counters</td><td>memories made for another network or other columns of
 *     which something stayed, and those of which nothing did</td></tr>
 * <tr><td>{@code heldEvents}, {@code releasedEvents}</td><td>counters</td><td>events that waited for their epoch's weights or for
 *     the watermark, and those that no longer do</td></tr>
 * <tr><td>{@code intervalEvents}, {@code coveredEvents}</td><td>counters</td><td>events in order whose forecast had quantiles, and
 *     those of them from its lowest to its highest quantile, both included: their ratio is the live coverage</td></tr>
 * <tr><td>{@code classEvents}, {@code correctClasses}</td><td>counters</td><td>events in order whose forecast was a class, and those of
 *     them that are of the likeliest one: their ratio is the live accuracy</td></tr>
 * <tr><td>{@code conformalEvents}, {@code conformalCoveredEvents}</td><td>counters</td><td>events in order whose forecast had an
 *     interval, and those of them in it: their ratio is the live coverage</td></tr>
 * <tr><td>{@code spokeLast}, {@code spokeSeasonal}, {@code spokeAr}, {@code spokeHoltWinters}, {@code spokeHoltWintersMultiplicative},
 *     {@code spokeNetwork}, {@code spokeReadout}</td><td>counters</td><td>events in order by the expert that had the largest share of their forecast</td></tr>
 * <tr><td>{@code absoluteErrorSum}, {@code persistenceAbsoluteErrorSum}</td><td>gauges</td><td>sums over all events since the start
 *     that had a forecast, in the unit of the target; 1 minus the ratio of their sums over all subtasks is the skill</td></tr>
 * </table>
 *
 * <p>A job with several horizons has two more gauges for each of them, named by the events ahead:
 * {@code absoluteErrorSumAhead5} and {@code persistenceAbsoluteErrorSumAhead5}.
 *
 * <p>{@code coldKeys}, {@code expiredKeys}, {@code explodedStates}, the three {@code resetsBy},
 * {@code rerunKeys} and {@code carriedSteps} are counted at events in order that were taken in, so
 * that what happened once counts once: a rejected event, which leaves the key as it was, counts
 * nothing, nor does one that came late, or one that is stepped again after it, when the key goes
 * the same way once more.
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
    private final Counter quarantinedEvents;
    private final Counter explodedStates;
    private final Counter expiredKeys;
    private final Counter sweptKeys;
    private final Counter resetsByGap;
    private final Counter resetsByOrder;
    private final Counter resetsByWeights;
    private final Counter rerunKeys;
    private final Counter controlOrders;
    private final Counter corrections;
    private final Counter carriedSteps;
    private final Counter maskedEvents;
    private final Counter droppedSequences;
    private final VerdictMetrics verdicts;
    private final VoiceMetrics voices;
    private final MetricGroup group;
    private HorizonMetrics horizons;
    private volatile int residentKeys;
    private volatile long residentBytes;
    private volatile long memoryReads;
    private volatile long memoryWrites;
    private volatile long weightsGeneration;
    private volatile long weightsNumber;
    private double absoluteErrors;
    private double persistenceAbsoluteErrors;
    private volatile double absoluteErrorSum;
    private volatile double persistenceAbsoluteErrorSum;

    InferenceMetrics(MetricGroup operator) {
        group = operator.addGroup("cellstream");
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
        quarantinedEvents = group.counter("quarantinedEvents");
        explodedStates = group.counter("explodedStates");
        expiredKeys = group.counter("expiredKeys");
        sweptKeys = group.counter("sweptKeys");
        resetsByGap = group.counter("resetsByGap");
        resetsByOrder = group.counter("resetsByOrder");
        resetsByWeights = group.counter("resetsByWeights");
        rerunKeys = group.counter("rerunKeys");
        controlOrders = group.counter("controlOrders");
        corrections = group.counter("corrections");
        carriedSteps = group.counter("carriedSteps");
        maskedEvents = group.counter("maskedEvents");
        droppedSequences = group.counter("droppedSequences");
        verdicts = new VerdictMetrics(group);
        voices = new VoiceMetrics(group);
        horizons = new HorizonMetrics(group, List.of());
        group.gauge("weightsGeneration", () -> weightsGeneration);
        group.gauge("weightsNumber", () -> weightsNumber);
        group.gauge("absoluteErrorSum", () -> absoluteErrorSum);
        group.gauge("persistenceAbsoluteErrorSum", () -> persistenceAbsoluteErrorSum);
        showMemories(group);
    }

    private void showMemories(MetricGroup all) {
        all.gauge("residentKeys", () -> residentKeys);
        all.gauge("residentBytes", () -> residentBytes);
        all.gauge("memoryReads", () -> memoryReads);
        all.gauge("memoryWrites", () -> memoryWrites);
    }

    void flushed(FlushReason reason, int rows) {
        Objects.requireNonNull(flushes.get(reason)).inc();
        batchRows.update(rows);
        showErrors();
    }

    void stepped(long nanos) {
        stepNanos.update(nanos);
    }

    void emitted(Forecast<?> forecast) {
        forecasts.inc();
        if (forecast.correction()) {
            corrections.inc();
            return;
        }
        horizons.emitted(forecast);
        if (!Double.isNaN(forecast.error())) {
            absoluteErrors += Math.abs(forecast.error());
            persistenceAbsoluteErrors += Math.abs(forecast.persistenceError());
        }
    }

    /** Shows the sums of errors; not for each event, since other threads have to be told. */
    private void showErrors() {
        absoluteErrorSum = absoluteErrors;
        persistenceAbsoluteErrorSum = persistenceAbsoluteErrors;
        horizons.show();
    }

    /** Counts what became of a key at an event in order, now that the event has been taken in. */
    void changed(KeyChanges key) {
        if (key.none()) {
            return;
        }
        coldKeys.inc(key.cold ? 1 : 0);
        expiredKeys.inc(key.expired ? 1 : 0);
        explodedStates.inc(key.exploded ? 1 : 0);
        resetsByGap.inc(key.resetByGap ? 1 : 0);
        resetsByOrder.inc(key.resetsByOrder);
        resetsByWeights.inc(key.resetByWeights ? 1 : 0);
        rerunKeys.inc(key.rerun ? 1 : 0);
        carriedSteps.inc(key.carriedSteps);
    }

    /** Counts how an event met the forecast made for it. */
    void met(Head.Verdict verdict) {
        verdicts.met(verdict);
    }

    /** Counts who spoke most at an event, and how the event met the interval made for it. */
    void spoke(String speaker, Head.Verdict interval) {
        voices.spoke(speaker, interval);
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

    void quarantined() {
        quarantinedEvents.inc();
    }

    void swept(int keys) {
        sweptKeys.inc(keys);
    }

    void controlled() {
        controlOrders.inc();
    }

    void masked() {
        maskedEvents.inc();
    }

    void droppedSequence() {
        droppedSequences.inc();
    }

    /** Shows the errors of several events ahead. */
    void lookingAhead(Horizons ahead) {
        horizons = new HorizonMetrics(group, ahead.events());
    }

    /** Shows how many memories of another shape were taken over. */
    void adopting(MemoryState state) {
        group.counter("adoptedMemories", state.adopted());
        group.counter("unknownMemories", state.unknown());
    }

    /** Shows what is held of the memories. */
    void holding(ResidentMemories<?> residents) {
        residentKeys = residents.keys();
        residentBytes = residents.bytes();
        memoryReads = residents.reads();
        memoryWrites = residents.writes();
    }
}
