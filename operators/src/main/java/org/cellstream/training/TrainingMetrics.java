package org.cellstream.training;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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

    void published(WeightUpdate update) {
        publications.inc();
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
