package org.cellstream.state;

import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What a memory was before an event was taken in, apart from h and c, so that an event that turns
 * out to be unusable leaves no trace. Reused from event to event.
 */
@Internal
public final class MemoryUndo {

    private final double[] features;
    private long step;
    private long stepsSinceReset;
    private long lastTime;

    MemoryUndo(int features) {
        this.features = new double[features];
    }

    /** Notes what the intake is about to change. */
    public void save(KeyMemory memory) {
        System.arraycopy(memory.features(), 0, features, 0, features.length);
        step = memory.step();
        stepsSinceReset = memory.stepsSinceReset();
        lastTime = memory.lastTime();
    }

    /** A sequence that is run whole and starts with what the intake is about to take in. */
    public OpenSequence sequence() {
        return new OpenSequence(features.clone(), step, stepsSinceReset, lastTime, List.of());
    }

    /** Takes it back. */
    public void restore(KeyMemory memory) {
        System.arraycopy(features, 0, memory.features(), 0, features.length);
        memory.progress(step, stepsSinceReset, lastTime);
    }
}
