package org.cellstream.training;

import java.util.Arrays;
import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Scores;
import org.cellstream.learn.Trial;
import org.cellstream.learn.TrialResult;
import org.cellstream.learn.Window;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/**
 * Decides which weights are published. Every minibatch of new windows is first run forward under
 * the weights that learn, and beside them under those that are published; only then it is learned
 * from. Weights are published as they were tried, if since the last publication their errors were
 * larger than those of the published ones by no more than chance makes them, and {@link #MARGIN} at
 * most.
 *
 * <p>That alone flatters what learns: it has learned from other keys at the very times at which it
 * is tried. So what is published is watched on, beside the last good weights before it, and over
 * {@link Rounds rounds}, from each of which neither has learned: it becomes good once it did no
 * worse over {@link #PROOF} of them, and is rolled back if it does worse beyond chance. From then
 * on, as at the start, what learns is on probation: its weights as they were at the end of each
 * round are tried in the next one, and nothing is published until these do no worse.
 *
 * <p>What learns is taken back to what is published, with a smaller rate, when it explodes, or when
 * it does worse beyond chance and by that margin.
 *
 * <p>Without a guard whatever was learned is published, and only orders are obeyed.
 *
 * @see Lead
 */
final class Gate {

    /** Share by which errors may be larger. */
    static final double MARGIN = 0.02;

    /** Rounds after which published weights that did no worse are good ones. */
    static final int PROOF = 4;

    /** Fewest rounds on probation. */
    static final int PROBATION = 2;

    /** An error so many times that of the others is an explosion, whatever came before. */
    private static final double EXPLOSION = 2;

    private static final double SLOWER = 0.5;
    private static final double FASTER = 1.1;

    private final boolean guarded;
    private final int warmUp;
    private final Trial ofPublished;
    private final Trial ofOther;
    private final Trial ofCandidate;
    private GateState state;
    private boolean lost;

    /**
     * What is to be published.
     *
     * @param ordered whether somebody asked for it
     */
    @SuppressWarnings("ArrayRecordComponent") // lives until it is published
    record Choice(float[] weights, Scores.Why why, boolean ordered) {}

    /**
     * @param guarded whether weights are published only if they do not lose
     * @param warmUp trials before the first weights are published
     */
    Gate(
            Network network,
            LearningConfig learning,
            boolean guarded,
            int warmUp,
            GateState restored) {
        this.guarded = guarded;
        this.warmUp = warmUp;
        this.ofPublished = new Trial(network, learning);
        this.ofOther = new Trial(network, learning);
        this.ofCandidate = new Trial(network, learning);
        this.state = restored;
        load();
    }

    private void load() {
        ofPublished.load(state.published());
        loadOther();
    }

    private void loadOther() {
        if (state.other().length > 0) {
            ofOther.load(state.other());
        }
    }

    GateState state() {
        return state;
    }

    boolean isFrozen() {
        return state.frozen();
    }

    /**
     * Tries weights on windows that nobody has learned from yet.
     *
     * @param candidate the weights that learn
     * @return how those did that learn, that are served, and that these are compared with: where
     *     windows start and end under those that are served is where the keys are
     */
    GateState.Errors tryOut(List<Window> windows, float[] candidate) {
        if (!guarded) {
            ofCandidate.load(candidate);
            TrialResult alone = ofCandidate.run(windows);
            return new GateState.Errors(alone, alone, alone);
        }
        TrialResult published = ofPublished.run(windows);
        TrialResult learning = published;
        if (!Arrays.equals(candidate, state.published())) {
            ofCandidate.load(candidate);
            learning = ofCandidate.run(windows);
        }
        float[] other = state.other();
        boolean same = other.length == 0 || Arrays.equals(other, state.published());
        return new GateState.Errors(learning, published, same ? published : ofOther.run(windows));
    }

    /**
     * Judges by a trial.
     *
     * @param candidate the weights that learn; kept
     * @param ends whether a round ends with it
     */
    void judge(float[] candidate, GateState.Errors errors, boolean ends) {
        TrialResult learning = errors.learning();
        TrialResult published = errors.published();
        if (guarded && published.weight() == 0) {
            return;
        }
        state = state.tried(candidate, errors, ends);
        if (!guarded) {
            return;
        }
        boolean explodes =
                !(learning.error() <= EXPLOSION * published.error())
                        && !(learning.error() <= EXPLOSION * learning.persistence());
        lost = explodes || (state.lead().mean() > MARGIN && state.lead().loses());
        if (!state.probation()
                && state.watched().rounds() >= PROOF
                && state.watched().mean() <= 0) {
            state = state.trusted();
        }
        if (ends) {
            loadOther();
        }
    }

    /** Keeps weights that were tried, of which nothing could be said. */
    void passOver(float[] candidate) {
        state = state.tried(candidate);
    }

    /** Notes that what learns went back to what is published, through no fault of its own. */
    float[] startAgain() {
        state = state.takenBack();
        loadOther();
        return state.published();
    }

    /** Whether the weights that learn have to go back to those that are published. */
    boolean hasLost() {
        return lost;
    }

    /** Notes that they did, and says what they are. */
    float[] takeBack() {
        lost = false;
        state = state.takenBack().caution(SLOWER * state.caution());
        loadOther();
        return state.published();
    }

    /** What the learning rate is multiplied by. */
    double caution() {
        return state.caution();
    }

    /** Hears an order about weights; it is carried out by the next {@link #choose}. */
    void obey(Control.Action action) {
        if (action == Control.Action.FREEZE) {
            state = state.frozen(true);
        } else {
            state = state.ordered(action);
        }
    }

    /**
     * What is to be published now; null for nothing.
     *
     * @param due whether it is time for learned weights, if they are good enough
     * @param moved whether anything was learned since the last publication
     * @param learned the weights that learn, as they are
     */
    @Nullable Choice choose(boolean due, boolean moved, float[] learned) {
        Control.Action order = state.order();
        state = state.ordered(null);
        if (order == Control.Action.PROMOTE) {
            state = state.frozen(false);
            return new Choice(
                    guarded && state.hasTried() ? state.tried() : learned,
                    Scores.Why.PROMOTED,
                    true);
        }
        if (order == Control.Action.ROLLBACK && state.wayBack().length > 0) {
            return new Choice(state.wayBack(), Scores.Why.ROLLED_BACK, true);
        }
        if (state.frozen()) {
            return null;
        }
        if (!guarded) {
            return due && moved ? new Choice(learned, Scores.Why.LEARNED, false) : null;
        }
        if (!state.probation() && !state.isProven() && state.watched().loses()) {
            return new Choice(state.good(), Scores.Why.ROLLED_BACK, false);
        }
        boolean tried = state.trials() >= warmUp && state.hasTried();
        if (due && tried && holdsOut() && !Arrays.equals(state.tried(), state.published())) {
            return new Choice(state.tried(), Scores.Why.LEARNED, false);
        }
        return null;
    }

    private boolean holdsOut() {
        if (state.duel().losesBy(Math.min(MARGIN, state.lead().noise()))) {
            return false;
        }
        return !state.probation()
                || (state.lead().rounds() >= PROBATION && state.lead().mean() <= 0);
    }

    /**
     * Scores of a choice, or of none.
     *
     * @param rate share of windows that are learned from
     * @param drifts drifts found so far
     */
    Scores scores(@Nullable Choice choice, double rate, long drifts) {
        Duel duel = state.duel();
        Duel watch = state.watch();
        if (choice != null && choice.why() == Scores.Why.ROLLED_BACK) {
            return new Scores(
                    choice.why(),
                    watch.championError(),
                    watch.challengerError(),
                    watch.persistenceError(),
                    watch.samples(),
                    rate,
                    drifts);
        }
        return new Scores(
                choice == null ? Scores.Why.KEPT : choice.why(),
                duel.challengerError(),
                guarded ? duel.championError() : Double.NaN,
                duel.persistenceError(),
                duel.samples(),
                rate,
                drifts);
    }

    /** Notes that a choice was published. */
    void published(Choice choice) {
        float[] next = choice.weights();
        float[] before = state.published();
        switch (choice.why()) {
            case LEARNED -> {
                boolean watched = guarded && !state.probation() && !state.isProven();
                state =
                        (watched
                                        ? state.advanced(next)
                                        : state.published(next, before, state.wayBack()))
                                .caution(Math.min(1, FASTER * state.caution()));
            }
            case PROMOTED -> state = state.published(next, before, state.wayBack());
            case ROLLED_BACK -> state = state.rolledBack(next);
            case KEPT -> throw new IllegalArgumentException("what was kept is not published");
        }
        load();
    }
}
