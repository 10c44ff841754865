package org.cellstream.inference;

import org.cellstream.config.MissingTarget;
import org.cellstream.event.Event;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Puts a key's own last point forecast where an event lacks the target's field, so that a network
 * runs on by itself. The forecast is that of the memory as it is when the event's turn has come:
 * after all events of its key before it, in the same batch or not.
 */
final class Feedback {

    private final Intake intake;
    private final boolean on;

    Feedback(Intake intake, MissingTarget missingTarget) {
        this.intake = intake;
        this.on = missingTarget == MissingTarget.FEEDBACK;
    }

    /**
     * The event to step in place of one.
     *
     * @param made what the memory keeps of the forecast made for it; null for nothing
     * @return null if there would have to be a forecast and there is none
     */
    <K> @Nullable SteppedEvent<K> fed(
            SteppedEvent<K> stepped, KeyMemory memory, double @Nullable [] made) {
        Event<K> event = stepped.event();
        if (!on || !intake.missesTarget(event)) {
            return stepped;
        }
        return made == null
                ? null
                : new SteppedEvent<>(intake.feedBack(event, made[0], memory), true);
    }
}
