package org.cellstream.training;

import org.cellstream.learn.TrialResult;

/**
 * Watches labels that somebody gives. What happened next cannot be wrong, but such labels can: then
 * whatever learns from them does better on them, and a trial says that it should be published.
 *
 * <p>Labels are not believed from where errors have become larger than they were. It shows in
 * absolute errors: labels that belong to other events cannot be foretold as well as the right ones,
 * by anybody. They are believed again once the errors of what is published are back; or those of
 * what learns, and then the labels mean something else now; or when somebody promotes what learns.
 */
final class LabelWatch {

    /** Fewest minibatches after which labels are believed again. */
    static final int PROBATION = 5;

    /** The statistic of drift from which on labels are doubted: two minibatches far off. */
    private static final double DOUBT = 4;

    private static final double FADE = 0.8;

    private final boolean watches;
    private DriftDetector drift;
    private LabelState state;

    /** What a minibatch says of labels. */
    enum Finding {
        /** They are as they were. */
        SAME,
        /** What is published is as good on them again as it was. */
        RECOVERED,
        /** What learns is as good on them as what is published was before. */
        LEARNED
    }

    /**
     * @param watches whether somebody gives labels; else all are believed
     */
    LabelWatch(boolean watches, LabelState restored) {
        this.watches = watches;
        this.state = restored;
        this.drift = new DriftDetector(1, restored.drift());
    }

    LabelState state() {
        return state;
    }

    /** Whether labels are believed. */
    boolean believes() {
        return !state.held() && drift.statistic() <= DOUBT;
    }

    /** Whether nothing is published since labels are not believed. */
    boolean isHeld() {
        return state.held();
    }

    /** Takes a trial in. */
    Finding measure(GateState.Errors errors) {
        double published = mean(errors.published());
        if (!watches || !Double.isFinite(published)) {
            return Finding.SAME;
        }
        if (state.held()) {
            return measureHeld(published, mean(errors.learning()));
        }
        boolean drifts = drift.drifts(published);
        double limit = drift.before() + drift.deviation();
        state = new LabelState(drift.state(), drifts, limit, 0, 0, 0);
        return Finding.SAME;
    }

    private static double mean(TrialResult result) {
        return result.error() / result.weight();
    }

    private Finding measureHeld(double published, double learning) {
        double fade = state.minibatches() == 0 ? 0 : FADE;
        state =
                new LabelState(
                        drift.state(),
                        true,
                        state.limit(),
                        fade * state.published() + (1 - fade) * published,
                        fade * state.learning() + (1 - fade) * learning,
                        state.minibatches() + 1);
        if (state.minibatches() < PROBATION) {
            return Finding.SAME;
        }
        if (state.published() <= state.limit()) {
            believe();
            return Finding.RECOVERED;
        }
        if (state.learning() <= state.limit()) {
            believe();
            return Finding.LEARNED;
        }
        return Finding.SAME;
    }

    /** Believes labels again. */
    void believe() {
        state = LabelState.NEW;
        drift = new DriftDetector(1, state.drift());
    }
}
