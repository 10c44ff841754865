package org.cellstream.inference;

import java.util.Arrays;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;

/** The rejection of an event whose step is not finite. */
final class NotFinite {

    private NotFinite() {}

    static Rejected step(Event<?> event) {
        return new Rejected(
                "the network's state or output is not finite after this event; need finite floats",
                Rejected.Cause.NOT_FINITE,
                null,
                Arrays.toString(event.numbers()),
                null,
                event.partition(),
                event.offset(),
                null);
    }
}
