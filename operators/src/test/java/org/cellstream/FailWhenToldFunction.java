package org.cellstream;

import org.apache.flink.api.common.functions.MapFunction;
import org.cellstream.event.Event;

/** Counts events, and fails at the first one after a test has told it to, once. */
final class FailWhenToldFunction implements MapFunction<Event<String>, Event<String>> {

    private static final long serialVersionUID = 1L;

    private static volatile boolean told;
    private static volatile boolean failed;

    private static volatile long seen;

    static void reset() {
        seen = 0;
        told = false;
        failed = false;
    }

    static void tell() {
        told = true;
    }

    static boolean hasFailed() {
        return failed;
    }

    static long seen() {
        return seen;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one subtask
    public Event<String> map(Event<String> event) {
        seen++;
        if (told && !failed) {
            failed = true;
            throw new IllegalStateException("a failure on purpose");
        }
        return event;
    }
}
