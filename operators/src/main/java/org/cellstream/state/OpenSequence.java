package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Event;

/**
 * A sequence that has started and not ended. Of one that is stepped as its events come there is
 * nothing to keep; one that is run whole waits here, with what its key remembered before it.
 */
@Internal
public final class OpenSequence {

    /** A sequence whose events have been stepped. */
    public static final OpenSequence STEPPED =
            new OpenSequence(new double[0], 0, 0, Long.MIN_VALUE, List.of());

    private final double[] features;
    private final long step;
    private final long stepsSinceReset;
    private final long lastTime;
    private final List<KeptEvent> events;

    OpenSequence(
            double[] features,
            long step,
            long stepsSinceReset,
            long lastTime,
            List<KeptEvent> events) {
        this.features = features;
        this.step = step;
        this.stepsSinceReset = stepsSinceReset;
        this.lastTime = lastTime;
        this.events = events;
    }

    /** A sequence that starts now and is run whole. */
    static OpenSequence from(KeyMemory memory) {
        return new OpenSequence(
                memory.features().clone(),
                memory.step(),
                memory.stepsSinceReset(),
                memory.lastTime(),
                List.of());
    }

    /** This sequence with one event more. */
    public OpenSequence with(Event<?> event) {
        List<KeptEvent> more = new ArrayList<>(events);
        more.add(KeptEvent.of(event, false));
        return new OpenSequence(features, step, stepsSinceReset, lastTime, List.copyOf(more));
    }

    /** The events that wait, the first first. */
    public List<KeptEvent> events() {
        return events;
    }

    /**
     * Whether its key, whose memory has taken in its events, had outlived its time to live when it
     * started.
     */
    public boolean forgot(KeyMemory memory) {
        return memory.step() != step + events.size();
    }

    /** Makes a memory's columns and progress what they were before this sequence. */
    public void rewind(KeyMemory memory) {
        System.arraycopy(features, 0, memory.features(), 0, features.length);
        memory.progress(step, stepsSinceReset, lastTime);
    }

    int heapBytes() {
        return 64 + 8 * features.length + KeptEvent.heapBytes(events);
    }

    int length() {
        return 4 + 8 * features.length + 3 * 8 + KeptEvent.length(events);
    }

    void write(ByteBuffer out) {
        out.putInt(features.length);
        Bytes.put(out, features);
        out.putLong(step).putLong(stepsSinceReset).putLong(lastTime);
        KeptEvent.write(events, out);
    }

    static OpenSequence read(ByteBuffer in) {
        double[] features = Bytes.doubles(in, in.getInt());
        OpenSequence read =
                new OpenSequence(
                        features, in.getLong(), in.getLong(), in.getLong(), KeptEvent.readAll(in));
        return read.equals(STEPPED) ? STEPPED : read;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof OpenSequence s
                && step == s.step
                && stepsSinceReset == s.stepsSinceReset
                && lastTime == s.lastTime
                && Arrays.equals(features, s.features)
                && events.equals(s.events);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }

    @Override
    public String toString() {
        return "OpenSequence[%d events wait]".formatted(events.size());
    }
}
