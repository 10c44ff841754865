package org.cellstream.training;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.cellstream.event.Scores;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.MinibatchResult;

/**
 * Metrics of the trainer, in the group {@code cellstream} of the operator {@code trainer}.
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><th>name</th><th>type</th><th>unit</th></tr>
 * <tr><td>{@code loss}</td><td>gauge</td><td>mean loss of the last minibatch before its step; of {@code mse}, 1 is that of
 *     repeating the last value</td></tr>
 * <tr><td>{@code gradientNorm}</td><td>gauge</td><td>global norm of its gradient before clipping</td></tr>
 * <tr><td>{@code windows}, {@code minibatches}</td><td>counters</td><td>learned from</td></tr>
 * <tr><td>{@code skippedMinibatches}</td><td>counter</td><td>minibatches whose loss or gradient was not finite</td></tr>
 * <tr><td>{@code minibatchNanos}</td><td>gauge</td><td>nanoseconds that the last minibatch took</td></tr>
 * <tr><td>{@code weightsGeneration}, {@code weightsNumber}</td><td>gauges</td><td>version published last</td></tr>
 * <tr><td>{@code publications}</td><td>counter</td><td>messages sent, "unchanged" among them</td></tr>
 * <tr><td>{@code candidateError}, {@code publishedError}, {@code persistenceError}</td><td>gauges</td><td>mean errors on live windows before these
 *     are learned from, since the last publication: of the weights that learn, of those published, of repeating the last value</td></tr>
 * <tr><td>{@code keptPublications}</td><td>counter</td><td>epochs after which the weights stayed as they were</td></tr>
 * <tr><td>{@code rollBacks}</td><td>counter</td><td>publications of earlier weights</td></tr>
 * <tr><td>{@code takenBack}</td><td>counter</td><td>times that what learned was worse and went back to what is published</td></tr>
 * <tr><td>{@code frozen}</td><td>gauge</td><td>1 while nothing is published until it is promoted</td></tr>
 * <tr><td>{@code drifts}</td><td>gauge</td><td>times that drift was found</td></tr>
 * <tr><td>{@code driftStatistic}</td><td>gauge</td><td>deviations; drift is found above 12</td></tr>
 * <tr><td>{@code labelsHeld}</td><td>gauge</td><td>1 while labels that are given are not believed, and nothing is published</td></tr>
 * <tr><td>{@code trainingRate}</td><td>gauge</td><td>share of the windows that are learned from</td></tr>
 * <tr><td>{@code rejected}</td><td>counter</td><td>events whose values no column can take</td></tr>
 * <tr><td>{@code late}</td><td>counter</td><td>events older than their key's last</td></tr>
 * <tr><td>{@code sweptKeys}</td><td>counter</td><td>keys whose space was given back after their time to live</td></tr>
 * </table>
 */
final class TrainingMetrics {

    private final Counter windows;
    private final Counter minibatches;
    private final Counter skippedMinibatches;
    private final Counter publications;
    private final Counter rejected;
    private final Counter late;
    private final Counter sweptKeys;
    private final Counter keptPublications;
    private final Counter rollBacks;
    private final Counter takenBack;
    private volatile double candidateError = Double.NaN;
    private volatile double publishedError = Double.NaN;
    private volatile double persistenceError = Double.NaN;
    private volatile int frozen;
    private volatile long drifts;
    private volatile double driftStatistic;
    private volatile int labelsHeld;
    private volatile double trainingRate = 1;
    private volatile double loss = Double.NaN;
    private volatile double gradientNorm = Double.NaN;
    private volatile long minibatchNanos;
    private volatile long weightsGeneration;
    private volatile long weightsNumber;

    TrainingMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("cellstream");
        windows = group.counter("windows");
        minibatches = group.counter("minibatches");
        skippedMinibatches = group.counter("skippedMinibatches");
        publications = group.counter("publications");
        rejected = group.counter("rejected");
        late = group.counter("late");
        sweptKeys = group.counter("sweptKeys");
        keptPublications = group.counter("keptPublications");
        rollBacks = group.counter("rollBacks");
        takenBack = group.counter("takenBack");
        group.gauge("candidateError", () -> candidateError);
        group.gauge("publishedError", () -> publishedError);
        group.gauge("persistenceError", () -> persistenceError);
        group.gauge("frozen", () -> frozen);
        group.gauge("drifts", () -> drifts);
        group.gauge("driftStatistic", () -> driftStatistic);
        group.gauge("labelsHeld", () -> labelsHeld);
        group.gauge("trainingRate", () -> trainingRate);
        group.gauge("loss", () -> loss);
        group.gauge("gradientNorm", () -> gradientNorm);
        group.gauge("minibatchNanos", () -> minibatchNanos);
        group.gauge("weightsGeneration", () -> weightsGeneration);
        group.gauge("weightsNumber", () -> weightsNumber);
    }

    void learned(int windowsLearned, MinibatchResult result, long nanos) {
        windows.inc(windowsLearned);
        minibatches.inc();
        if (!result.applied()) {
            skippedMinibatches.inc();
        }
        loss = result.loss();
        gradientNorm = result.gradientNorm();
        minibatchNanos = nanos;
    }

    /** Weights were tried on a minibatch. */
    void tried(Scores scores, boolean isFrozen) {
        candidateError = scores.candidate();
        publishedError = scores.published();
        persistenceError = scores.persistence();
        trainingRate = scores.rate();
        frozen = isFrozen ? 1 : 0;
    }

    void drift(long found, double statistic) {
        drifts = found;
        driftStatistic = statistic;
    }

    void labels(boolean held) {
        labelsHeld = held ? 1 : 0;
    }

    void tookBack() {
        takenBack.inc();
    }

    void published(WeightUpdate update) {
        publications.inc();
        Scores scores = update.scores();
        if (scores != null && scores.why() == Scores.Why.ROLLED_BACK) {
            rollBacks.inc();
        }
        if (update.unchanged()) {
            keptPublications.inc();
        }
        weightsGeneration = update.generation();
        weightsNumber = update.number();
    }

    void rejected() {
        rejected.inc();
    }

    void late() {
        late.inc();
    }

    void swept(int keys) {
        sweptKeys.inc(keys);
    }
}
