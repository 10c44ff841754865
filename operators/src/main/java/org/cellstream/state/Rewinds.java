package org.cellstream.state;

import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Event;
import org.cellstream.nn.Precision;

/** Keeps a way back over each key's last events, and goes back on it. */
@Internal
public final class Rewinds {

    private final int steps;
    private final Precision precision;
    private final byte[] fresh;

    /**
     * @param steps events that the way back reaches at the least; 0 keeps none
     */
    public Rewinds(int steps, Precision precision, Intake intake) {
        this.steps = steps;
        this.precision = precision;
        this.fresh = KeyMemoryFormat.write(intake.newMemory(), precision);
    }

    /**
     * Adds an event that was just stepped to its key's way back.
     *
     * @param fedBack whether its target was the key's own forecast
     * @param first whether the memory was {@link #isFirst} after the step, before a state too large
     *     was reset
     */
    public void keep(Event<?> event, boolean fedBack, KeyMemory memory, boolean first) {
        if (steps == 0) {
            memory.keepHistory(null);
            return;
        }
        History history = memory.history();
        if (history == null || !history.reaches(steps)) {
            history = first ? History.from(steps, fresh) : null;
        }
        if (history == null) {
            // Of a job that kept none: what came before this event is not known any more.
            memory.keepHistory(History.from(steps, bytes(memory)));
            return;
        }
        history.add(KeptEvent.of(event, fedBack), history.isDue() ? bytes(memory) : null);
        memory.keepHistory(history);
    }

    /** Whether nothing but one event has made a memory what it is, not even a seed. */
    public static boolean isFirst(KeyMemory memory) {
        return memory.step() == 1 && memory.stepsSinceReset() == 1;
    }

    /**
     * Starts a key's way back at this moment, with the orders that wait. It never leads over an
     * order, which would be lost on it, nor over a time to live, before which nothing is known.
     */
    public void startHere(KeyMemory memory) {
        memory.keepHistory(steps == 0 ? null : History.from(steps, bytes(memory)));
    }

    /** The bytes of a memory without its way back. */
    private byte[] bytes(KeyMemory memory) {
        History history = memory.history();
        memory.keepHistory(null);
        byte[] bytes = KeyMemoryFormat.write(memory, precision);
        memory.keepHistory(history);
        return bytes;
    }

    /**
     * Whether a key can go back to before an event time, epoch milliseconds. Of a way back that a
     * job before this one kept, it uses what is there; but none if this one keeps none.
     */
    public boolean reaches(KeyMemory memory, long time) {
        History history = memory.history();
        return steps > 0 && history != null && history.to(time, KeyMemoryFormat::lastTime) != null;
    }

    /**
     * Makes a memory what it was before all of its events that are later than {@code time}, or than
     * an event somewhat before it.
     *
     * @return the events to be stepped again, the first first
     * @throws IllegalStateException unless the key {@link #reaches} so far back
     */
    public List<KeptEvent> goBack(KeyMemory memory, long time) throws IOException {
        History history = memory.history();
        History.Return back = history == null ? null : history.to(time, KeyMemoryFormat::lastTime);
        if (back == null) {
            throw new IllegalStateException("the way back does not reach to " + time);
        }
        memory.become(KeyMemoryFormat.read(back.memory()));
        // A job before this one may have kept it in another precision.
        precision.round(memory.layers(), memory.at(), memory.at() + memory.stateSize());
        memory.keepHistory(back.rest());
        return back.events();
    }

    /** Makes a memory what a copy of it was before {@link #goBack}. */
    public void undo(KeyMemory memory, KeyMemory before) {
        memory.become(before);
    }
}
