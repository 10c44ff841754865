package org.cellstream.inference;

import org.cellstream.config.TimingConfig;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.Intake;

/** Changes the weights that are served, each time when all events before the change are stepped. */
final class WeightChanges {

    private final ServedWeights weights;
    private final BatchedSteps<?> steps;
    private final StepTools tools;
    private final Intake intake;
    private final InferenceMetrics metrics;
    private final TimingConfig timing;

    WeightChanges(ForecasterParts<?> parts, ServedWeights weights, BatchedSteps<?> steps) {
        this.weights = weights;
        this.steps = steps;
        this.tools = parts.tools();
        this.intake = parts.intake();
        this.metrics = parts.metrics();
        this.timing = parts.config().timing();
        load();
    }

    private void load() {
        tools.stepper().load(weights.weights());
        intake.startFrom(weights.current().prior());
        metrics.serving(weights.current());
    }

    /** Takes an update that fits: serves it, lets it wait for its epoch, or ignores it. */
    void take(WeightUpdate update) throws Exception {
        if (timing.byEventTime() && update.epoch() != WeightUpdate.AT_ARRIVAL) {
            if (weights.await(update)) {
                metrics.ignoredWeights();
            }
        } else if (weights.isNewer(update)) {
            steps.flush(FlushReason.WEIGHTS);
            weights.serve(update);
            load();
        } else {
            metrics.ignoredWeights();
        }
    }

    /** Serves the weights that the events of an epoch need. */
    void serveDue(long epoch) throws Exception {
        if (weights.isDue(epoch)) {
            steps.flush(FlushReason.WEIGHTS); // moves the current key
            if (weights.serveDue(epoch, metrics)) {
                load();
            }
        }
    }
}
