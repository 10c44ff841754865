package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.functions.MapFunction;
import org.cellstream.event.Rejected;

/**
 * Names the topic of events and orders that were rejected after they had been decoded: operators
 * know partition and offset only.
 */
final class NameTopicFunction implements MapFunction<Rejected, Rejected> {

    private static final long serialVersionUID = 1L;

    private final String events;
    private final String control;

    NameTopicFunction(String events, String control) {
        this.events = events;
        this.control = control;
    }

    @Override
    public Rejected map(Rejected rejected) {
        if (rejected.topic() != null || rejected.offset() < 0) {
            return rejected;
        }
        return new Rejected(
                rejected.reason(),
                rejected.cause(),
                rejected.field(),
                rejected.value(),
                rejected.cause() == Rejected.Cause.CONTROL ? control : events,
                rejected.partition(),
                rejected.offset(),
                rejected.raw());
    }
}
