package org.cellstream.inference;

import org.cellstream.config.InferenceConfig;
import org.cellstream.state.Intake;
import org.cellstream.state.ResidentMemories;
import org.cellstream.state.Rewinds;

/** What a forecaster's waves work on, one of each per operator. */
record ForecasterParts<K>(
        InferenceConfig config,
        Intake intake,
        ResidentMemories<K> residents,
        SequenceRules<K> rules,
        StepTools tools,
        Rewinds rewinds,
        InferenceMetrics metrics) {}
