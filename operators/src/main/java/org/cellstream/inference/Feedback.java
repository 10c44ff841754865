package org.cellstream.inference;

import org.cellstream.config.MissingTarget;
import org.cellstream.event.Event;
import org.cellstream.state.Intake;

/**
 * Says where a key's own last point forecast stands in for the target's field that an event lacks,
 * so that a network runs on by itself. The forecast is that of the memory as it is when the event's
 * turn has come: after all events of its key before it, in the same batch or not.
 */
final class Feedback {

    private final Intake intake;
    private final boolean on;

    Feedback(Intake intake, MissingTarget missingTarget) {
        this.intake = intake;
        this.on = missingTarget == MissingTarget.FEEDBACK;
    }

    /** Whether an event takes its key's own forecast for the target that it lacks. */
    boolean feeds(Event<?> event) {
        return on && intake.missesTarget(event);
    }
}
