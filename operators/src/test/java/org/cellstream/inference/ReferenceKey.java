package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.experts.ExpertMemory;

/**
 * All that the reference knows of one key, in plain lists. A step is tried on a copy, which takes
 * the key's place if it succeeds.
 */
final class ReferenceKey {

    final double[] features;
    final float[] state;

    /** Inputs since the sequence last started anew. */
    final List<float[]> inputs = new ArrayList<>();

    /** Orders that wait for an event, in order of arrival. */
    final List<Control<String>> orders = new ArrayList<>();

    /** What this key was, at most two times ago; the way back starts at one of them. */
    final List<ReferenceKey> marks = new ArrayList<>();

    /** Events since the first mark, and how many of them came after the last. */
    final List<Event<String>> events = new ArrayList<>();

    int sinceLastMark;
    long step;
    long sinceReset;
    long lastTime = Long.MIN_VALUE;
    long generation;
    long number;

    /** Whether the key is in a sequence. */
    boolean open;

    /** The events of a sequence that is run whole, and what the key was before it. */
    final List<Event<String>> waiting = new ArrayList<>();

    ReferenceKey beforeSequence;

    /** NaN if none was made. */
    double forecast = Double.NaN;

    /** Null if there are none. */
    ExpertMemory experts;

    ReferenceKey(int features, int state) {
        this.features = new double[features];
        this.state = new float[state];
    }

    /** This key without a way back. */
    ReferenceKey now() {
        ReferenceKey copy = new ReferenceKey(features.length, state.length);
        System.arraycopy(features, 0, copy.features, 0, features.length);
        System.arraycopy(state, 0, copy.state, 0, state.length);
        copy.inputs.addAll(inputs);
        copy.orders.addAll(orders);
        copy.step = step;
        copy.sinceReset = sinceReset;
        copy.lastTime = lastTime;
        copy.generation = generation;
        copy.number = number;
        copy.forecast = forecast;
        copy.experts = experts == null ? null : experts.copy();
        copy.open = open;
        copy.waiting.addAll(waiting);
        copy.beforeSequence = beforeSequence;
        return copy;
    }

    /** Counts an event that has been taken in. */
    void advance(long time) {
        step++;
        sinceReset++;
        lastTime = time;
    }

    ReferenceKey copy() {
        ReferenceKey copy = now();
        copy.marks.addAll(marks);
        copy.events.addAll(events);
        copy.sinceLastMark = sinceLastMark;
        return copy;
    }

    /** The key as if it had never been seen; orders wait on. */
    ReferenceKey forgotten() {
        ReferenceKey fresh = new ReferenceKey(features.length, state.length);
        fresh.orders.addAll(orders);
        return fresh;
    }

    /** Nothing before this moment can be gone back to. */
    void startWayBack() {
        marks.clear();
        marks.add(now());
        events.clear();
        sinceLastMark = 0;
    }

    /** Adds an event to the way back, which reaches over the last n to 2n. */
    void extendWayBack(Event<String> event, int n) {
        if (marks.isEmpty()) {
            marks.add(new ReferenceKey(features.length, state.length));
        }
        events.add(event);
        sinceLastMark++;
        if (sinceLastMark < n) {
            return;
        }
        if (marks.size() == 2) {
            marks.remove(0);
            events.subList(0, events.size() - sinceLastMark).clear();
        }
        marks.add(now());
        sinceLastMark = 0;
    }

    /**
     * This key as it was at the last mark that an event at {@code time} is not late for; null if
     * there is none.
     */
    ReferenceKey backTo(long time) {
        for (int mark = marks.size() - 1; mark >= 0; mark--) {
            if (marks.get(mark).lastTime <= time) {
                ReferenceKey back = marks.get(mark).now();
                back.marks.addAll(marks.subList(0, mark + 1));
                back.events.addAll(events.subList(0, events.size() - since(mark).size()));
                return back;
            }
        }
        return null;
    }

    /** The events after the mark that {@link #backTo} goes back to. */
    List<Event<String>> eventsBackTo(long time) {
        int mark = marks.size() - 1;
        while (marks.get(mark).lastTime > time) {
            mark--;
        }
        return List.copyOf(since(mark));
    }

    private List<Event<String>> since(int mark) {
        boolean last = mark == marks.size() - 1;
        return last ? events.subList(events.size() - sinceLastMark, events.size()) : events;
    }
}
