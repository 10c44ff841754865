package org.cellstream.inference;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts how events met the forecasts made for them; {@link InferenceMetrics} names the counters.
 */
final class VerdictMetrics {

    private final Counter intervalEvents;
    private final Counter coveredEvents;
    private final Counter classEvents;
    private final Counter correctClasses;

    VerdictMetrics(MetricGroup group) {
        intervalEvents = group.counter("intervalEvents");
        coveredEvents = group.counter("coveredEvents");
        classEvents = group.counter("classEvents");
        correctClasses = group.counter("correctClasses");
    }

    void met(Head.Verdict verdict) {
        switch (verdict) {
            case NONE -> {}
            case INSIDE_INTERVAL -> {
                intervalEvents.inc();
                coveredEvents.inc();
            }
            case OUTSIDE_INTERVAL -> intervalEvents.inc();
            case RIGHT_CLASS -> {
                classEvents.inc();
                correctClasses.inc();
            }
            case WRONG_CLASS -> classEvents.inc();
        }
    }
}
