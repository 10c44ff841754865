package org.cellstream;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.cellstream.event.Event;

/** Takes its time over every event. */
final class SlowFunction implements MapFunction<Event<String>, Event<String>> {

    private static final long serialVersionUID = 1L;

    private final long micros;

    SlowFunction(long micros) {
        this.micros = micros;
    }

    @Override
    public Event<String> map(Event<String> event) {
        LockSupport.parkNanos(micros * 1000);
        return event;
    }
}
