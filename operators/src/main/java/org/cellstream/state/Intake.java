package org.cellstream.state;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.features.EventFacts;
import org.cellstream.features.FeatureFailure;
import org.cellstream.features.FeaturePipeline;
import org.cellstream.features.Population;
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
    private final int fields;
    private final EventFacts facts = new EventFacts();

    public Intake(MemoryShape shape, StandardisationConfig standardisation) {
        this.shape = shape;
        this.pipeline = new FeaturePipeline(shape.columns(), standardisation);
        this.fingerprint = shape.fingerprint();
        this.fields = shape.columns().fields().size();
    }

    /** The memory of a key never seen: zeros. */
    public KeyMemory newMemory() {
        return new KeyMemory(
                fingerprint,
                new double[pipeline.memorySize()],
                new float[shape.network().stateSize()]);
    }

    /**
     * Lets keys never seen start from what is usual among others.
     *
     * @param prior of a weight update; null for nothing
     */
    public void startFrom(double @Nullable [] prior) {
        pipeline.startFrom(prior);
    }

    /** The population of keys that {@code kept} remembers; an empty array for none. */
    public Population population(double[] kept) {
        return new Population(pipeline, kept);
    }

    /** Room to note what {@link #take} changes of a memory. */
    public MemoryUndo newUndo() {
        return new MemoryUndo(pipeline.memorySize());
    }

    /** Makes a memory forget all but its orders, as if its key had never been seen. */
    public void forget(KeyMemory memory) {
        Arrays.fill(memory.features(), 0);
        memory.progress(0, 0, Long.MIN_VALUE);
    }

    /**
     * Makes a memory take events in as another one would, with the same last inputs: what its h, c,
     * forecasts and orders are stays.
     */
    public void follow(KeyMemory memory, KeyMemory other) {
        System.arraycopy(other.features(), 0, memory.features(), 0, memory.features().length);
        memory.takeProgress(other);
        KeptInputs inputs = other.inputs();
        memory.keepInputs(inputs == null ? null : inputs.copy());
    }

    /** Whether a key has had a target, so that {@link #target} means something. */
    public boolean hasTarget(KeyMemory memory) {
        return pipeline.hasTarget(memory.features());
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
        if (event.numbers().length != fields) {
            return otherColumns(event);
        }
        facts.become(event.key(), event.time(), gapSeconds(event, memory));
        FeatureFailure failure =
                pipeline.advance(event.numbers(), facts, memory.features(), rows, offset);
        if (failure != null) {
            return rejected(failure, event);
        }
        memory.advance(event.time());
        return null;
    }

    /** Since the key's last event; 0 at its first. */
    private static double gapSeconds(Event<?> event, KeyMemory memory) {
        boolean first = memory.lastTime() == Long.MIN_VALUE;
        return first ? 0 : ((double) event.time() - memory.lastTime()) / 1000;
    }

    /** Whether an event lacks the target's field. */
    public boolean missesTarget(Event<?> event) {
        return pipeline.missesTarget(event.numbers());
    }

    /**
     * An event with a forecast, without transforms, in the place of the target's field.
     *
     * @param forecast of the target at this event, made at the last event of the key
     * @param memory of the key, before {@link #take}
     */
    public <K> Event<K> feedBack(Event<K> event, double forecast, KeyMemory memory) {
        double[] numbers = pipeline.withTarget(event.numbers(), forecast, memory.features());
        return new Event<>(event.key(), event.time(), numbers, event.partition(), event.offset())
                .marked(event.marks());
    }

    /** Why an event that lacks the target's field is rejected where its key has no forecast. */
    public Rejected noForecast(Event<?> event) {
        return rejected(pipeline.noForecast(), event);
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

    /**
     * The first {@code count} of forecasts with the target's transforms undone, or an empty array
     * where they cannot be.
     *
     * @param values read only
     */
    public double[] undo(double[] values, int count, KeyMemory memory) {
        if (!pipeline.undoable()) {
            return new double[0];
        }
        double[] undone = new double[count];
        for (int i = 0; i < count; i++) {
            undone[i] = pipeline.undo(values[i], memory.features());
        }
        return undone;
    }
}
