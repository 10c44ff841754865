package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The way back over a key's last events: what it remembered before them, twice, and the events
 * since the earlier of the two. It reaches back over the last n to 2n events, so that what a key
 * remembers is kept once in n events only.
 */
@Internal
public final class History {

    private final int steps;
    private final List<KeptEvent> events;
    private byte[] earlier;
    private byte[] later;

    /** Events before {@link #later} was kept. */
    private int before;

    private History(int steps, byte[] earlier, byte[] later, int before, List<KeptEvent> events) {
        this.steps = steps;
        this.earlier = earlier;
        this.later = later;
        this.before = before;
        this.events = events;
    }

    /**
     * A way back over at least {@code steps} events, from now on.
     *
     * @param now the bytes of what the key remembers now
     */
    static History from(int steps, byte[] now) {
        return new History(steps, now, now, 0, new ArrayList<>());
    }

    History copy() {
        return new History(steps, earlier, later, before, new ArrayList<>(events));
    }

    /** Whether this way back is one of {@code steps} events. */
    boolean reaches(int steps) {
        return this.steps == steps;
    }

    /** Whether what the key remembers is to be kept once {@code event} is added. */
    boolean isDue() {
        return events.size() + 1 - before >= steps;
    }

    /**
     * Adds an event that was stepped.
     *
     * @param now the bytes of what the key remembers after it, if {@link #isDue} said so
     */
    void add(KeptEvent event, byte @Nullable [] now) {
        events.add(event);
        if (now != null) {
            events.subList(0, before).clear();
            earlier = later;
            later = now;
            before = events.size();
        }
    }

    /**
     * Where to go back to.
     *
     * @param memory the bytes of what the key remembered then
     * @param events the events since
     * @param rest the way back from there
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Return(byte[] memory, List<KeptEvent> events, History rest) {}

    /**
     * Where to go back to so that an event at {@code time} can be taken in.
     *
     * @param lastTimeOf reads the last event time from the bytes of a memory
     * @return null if it was too long ago
     */
    @Nullable Return to(long time, LastTime lastTimeOf) {
        if (lastTimeOf.of(later) <= time) {
            List<KeptEvent> kept = new ArrayList<>(events.subList(0, before));
            return new Return(
                    later,
                    List.copyOf(events.subList(before, events.size())),
                    new History(steps, earlier, later, before, kept));
        }
        return lastTimeOf.of(earlier) <= time
                ? new Return(earlier, List.copyOf(events), from(steps, earlier))
                : null;
    }

    /** Reads the last event time from the bytes of a memory. */
    @FunctionalInterface
    interface LastTime {
        long of(byte[] memory);
    }

    int heapBytes() {
        int memories = earlier.length + (later == earlier ? 0 : later.length);
        return 96 + memories + KeptEvent.heapBytes(events);
    }

    int length() {
        return 4 + 4 + earlier.length + 4 + later.length + 4 + KeptEvent.length(events);
    }

    void write(ByteBuffer out) {
        out.putInt(steps);
        Bytes.put(out, earlier);
        Bytes.put(out, later);
        out.putInt(before);
        KeptEvent.write(events, out);
    }

    static History read(ByteBuffer in) {
        int steps = in.getInt();
        byte[] earlier = Bytes.bytes(in);
        byte[] later = Bytes.bytes(in);
        int before = in.getInt();
        return new History(steps, earlier, later, before, KeptEvent.readAll(in));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof History h
                && steps == h.steps
                && before == h.before
                && events.equals(h.events)
                && Arrays.equals(earlier, h.earlier)
                && Arrays.equals(later, h.later);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }

    @Override
    public String toString() {
        return "History[%d events]".formatted(events.size());
    }
}
