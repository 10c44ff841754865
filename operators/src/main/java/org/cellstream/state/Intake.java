package org.cellstream.state;

import org.apache.flink.annotation.Internal;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.features.FeatureFailure;
import org.cellstream.features.FeaturePipeline;
import org.jspecify.annotations.Nullable;

/**
 * Takes events into memories: the one place that decides whether an event may advance its key, for
 * serving and for training alike. One per operator; not thread safe.
 */
@Internal
public final class Intake {

    private final MemoryShape shape;
    private final FeaturePipeline pipeline;
    private final int fingerprint;

    public Intake(MemoryShape shape, StandardisationConfig standardisation) {
        this.shape = shape;
        this.pipeline = new FeaturePipeline(shape.columns(), standardisation);
        this.fingerprint = shape.fingerprint();
    }

    /** The memory of a key never seen: zeros. */
    public KeyMemory newMemory() {
        return new KeyMemory(
                fingerprint,
                new double[pipeline.memorySize()],
                new float[shape.network().stateSize()]);
    }

    /** Whether a memory was made for this network and these columns. */
    public boolean fits(KeyMemory memory) {
        return memory.shape == fingerprint;
    }

    /** Whether an event is older than the last one of its key. */
    public boolean isLate(Event<?> event, KeyMemory memory) {
        return event.time() < memory.lastTime();
    }

    /**
     * Takes an event in: updates transforms, standardisation and progress of its key, and writes
     * the network's input row.
     *
     * @param rows where the row goes, at {@code offset}; untouched if the event is rejected
     * @return why the event was rejected, having changed nothing; null if it was taken in
     */
    public @Nullable Rejected take(Event<?> event, KeyMemory memory, float[] rows, int offset) {
        if (event.numbers().length != shape.columns().fields().size()) {
            return otherColumns(event);
        }
        if (event.numbers().length != shape.columns().fields().size()) {
            return otherColumns(event);
        }
        FeatureFailure failure = pipeline.advance(event.numbers(), memory.features(), rows, offset);
        if (failure != null) {
            return rejected(failure, event);
        }
        memory.advance(event.time());
        return null;
    }

    /** Of an event that was held for the columns of an earlier job. */
    private Rejected otherColumns(Event<?> event) {
        return new Rejected(
                "event has %d numbers; the columns read %s"
                        .formatted(event.numbers().length, shape.columns().fields()),
                Rejected.Cause.MALFORMED,
                null,
                null,
                null,
                event.partition(),
                event.offset(),
                null);
    }

    private static Rejected rejected(FeatureFailure failure, Event<?> event) {
        Rejected.Cause cause =
                switch (failure.kind()) {
                    case EMPTY_NUMBER -> Rejected.Cause.EMPTY_NUMBER;
                    case NOT_A_NUMBER -> Rejected.Cause.NOT_A_NUMBER;
                    case TRANSFORM -> Rejected.Cause.TRANSFORM;
                };
        return new Rejected(
                failure.reason(),
                cause,
                failure.column(),
                failure.value(),
                null,
                event.partition(),
                event.offset(),
                null);
    }

    /**
     * The target of a key's last event, after its transforms; needs a memory that has taken one in.
     */
    public double target(KeyMemory memory) {
        return pipeline.target(memory.features());
    }

    /** Running root mean square of the target's change from event to event; 0 while unknown. */
    public double changeScale(KeyMemory memory) {
        return pipeline.changeScale(memory.features());
    }

    /** A forecast with the target's transforms undone, or an empty array where they cannot be. */
    public double[] undo(double value, KeyMemory memory) {
        return pipeline.undoable()
                ? new double[] {pipeline.undo(value, memory.features())}
                : new double[0];
    }
}
