package org.cellstream.training;

import org.cellstream.config.LabelSource;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.cellstream.loss.Loss;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;

/**
 * Labels rows of windows: with what the network was to predict at an event, as its outputs say it.
 * That is the change of the target from the event to its label, in units of the key's scale at the
 * event; or, for a loss of classes, the label, if it is a class.
 */
final class Labels {

    private final Intake intake;
    private final Loss loss;
    private final int outputs;
    private final double clip;
    private final boolean given;
    private final At now = new At();

    /**
     * The target and its scale of change at an event: what its label is measured by. Reused from
     * event to event.
     */
    static final class At {

        private boolean known;
        private double target;
        private double scale;

        /** Whether the event's key had a target by then. */
        boolean known() {
            return known;
        }
    }

    Labels(Intake intake, TrainingConfig config, int outputs) {
        this.intake = intake;
        this.loss = Loss.of(config.learning().loss());
        this.outputs = outputs;
        this.clip = config.standardisation().clip();
        this.given = config.labels() == LabelSource.GIVEN;
    }

    /** Whether events bring their labels; else an event's label is the target at the next one. */
    boolean areGiven() {
        return given;
    }

    /** Notes what the label of a key's last event is measured by. */
    void note(KeyMemory memory, At at) {
        at.known = intake.hasTarget(memory);
        at.target = at.known ? intake.target(memory) : Double.NaN;
        at.scale = at.known ? intake.changeScale(memory) : 0;
    }

    static float weight(Event<?> event) {
        // A state of an earlier job may hold an event whose weight no float can be.
        return (float) Math.min(event.marks().weight(), Float.MAX_VALUE);
    }

    /** Labels the newest row with what its event brought, if that can be learned. */
    void labelGiven(OpenWindow window, Marks marks, KeyMemory memory) {
        note(memory, now);
        label(window, marks.label(), now);
    }

    /** Labels the newest row with the target at the next event, if that can be learned. */
    void labelNext(OpenWindow window, At before, KeyMemory memory) {
        label(window, intake.target(memory), before);
    }

    private void label(OpenWindow window, double label, At at) {
        if (loss.target() != Loss.Target.CHANGE) {
            if ((float) label == label && loss.accepts((float) label, outputs)) {
                window.label((float) label);
            }
        } else if (at.scale > 0 && !Double.isNaN(label)) {
            double change = (label - at.target) / at.scale;
            window.label((float) Math.max(-clip, Math.min(clip, change)));
        }
    }
}
