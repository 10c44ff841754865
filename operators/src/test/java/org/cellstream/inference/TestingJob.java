package org.cellstream.inference;

import org.cellstream.config.InferenceConfig;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.MemoryShape;

/**
 * What a {@link TestingForecaster} runs, and on what.
 *
 * @param first the weights to start from
 */
record TestingJob(
        MemoryShape shape,
        InferenceConfig config,
        WeightUpdate first,
        boolean rocksDb,
        boolean objectReuse) {}
