package org.cellstream.inference;

import org.apache.flink.streaming.api.operators.KeyContext;
import org.cellstream.config.InferenceConfig;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Stepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyFacts;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.cellstream.state.ResidentCapacity;
import org.cellstream.state.ResidentMemories;
import org.cellstream.state.Rewinds;

/** Puts together what a forecaster's waves work on. */
final class PartsFactory<K> {

    private final MemoryShape shape;
    private final InferenceConfig config;
    private final InferenceMetrics metrics;

    PartsFactory(MemoryShape shape, InferenceConfig config, InferenceMetrics metrics) {
        this.shape = shape;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * @param context whose current key the state follows
     */
    ForecasterParts<K> make(
            KeyContext context, MemoryState state, SharedResets<K> resets, KeyFacts<K> keys) {
        int maxRows = config.batch().maxRows();
        Intake intake = new Intake(shape, config.standardisation());
        Stepper stepper = new Stepper(shape.network(), Kernels.best(), maxRows);
        stepper.warmUp();
        StepTools tools = new StepTools(stepper, StepTools.precision(config.memory().precision()));
        ResidentMemories<K> residents =
                new ResidentMemories<>(
                        context,
                        state,
                        intake::newMemory,
                        ResidentCapacity.of(
                                config.memory(), maxRows, EventSteps.spareRows(maxRows)),
                        keys);
        metrics.adopting(state);
        metrics.lookingAhead(config.horizons());
        return new ForecasterParts<>(
                config,
                intake,
                residents,
                new SequenceRules<>(config.sequence(), intake, resets, tools),
                tools,
                new Rewinds(config.sequence().rewindSteps(), tools.precision(), intake),
                metrics);
    }
}
