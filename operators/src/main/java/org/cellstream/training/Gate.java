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
 * the weights that learn, those that are published and the last good ones before them; only then it
 * is learned from. So each is judged by what it has not seen.
 *
 * <p>Weights are published as they were tried, if since the last publication their errors were not
 * larger than those of the published ones on the same windows. Published weights become good ones
 * once they have held out for {@link #PROOF} minibatches; until then they are rolled back if their
 * errors are larger than the good ones' by more than {@link #MARGIN}. What learns is taken back to
 * what is published, with a smaller rate, when it explodes, or loses by that margin for {@link
 * #PATIENCE} minibatches.
 *
 * <p>Without a guard whatever was learned is published, and only orders are obeyed.
 */
final class Gate {

    /** Share by which errors may be larger before something is done about it. */
    static final double MARGIN = 0.02;

    /** Minibatches after which published weights that did not lose are good ones. */
    static final int PROOF = 20;

    /** Fewest minibatches that say that published weights are worse than the good ones. */
    static final int EVIDENCE = 10;

    /** Minibatches over which what learns may lose. */
    static final int PATIENCE = 30;

    /** An error so many times that of the others is an explosion, whatever came before. */
    private static final double EXPLOSION = 2;

    private static final double SLOWER = 0.5;
    private static final double FASTER = 1.1;

    private final boolean guarded;
    private final int warmUp;
    private final Trial ofPublished;
    private final Trial ofGood;
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
        this.ofGood = new Trial(network, learning);
        this.ofCandidate = new Trial(network, learning);
        this.state = restored;
        loadPublished();
    }

    private void loadPublished() {
        ofPublished.load(state.published());
        if (state.hasGood()) {
            ofGood.load(state.good());
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
     * @param candidate the weights that learn; kept
     * @return how those did that are served: where windows start and end under them is where the
     *     keys are
     */
    TrialResult tryOut(List<Window> windows, float[] candidate) {
        boolean same = Arrays.equals(candidate, state.published());
        if (!guarded) {
            ofCandidate.load(candidate);
            TrialResult alone = ofCandidate.run(windows);
            state = state.tried(candidate, state.duel().after(alone, alone), state.watch());
            return alone;
        }
        TrialResult published = ofPublished.run(windows);
        TrialResult learning = published;
        if (!same) {
            ofCandidate.load(candidate);
            learning = ofCandidate.run(windows);
        }
        TrialResult good = state.isProven() ? published : ofGood.run(windows);
        if (published.weight() > 0) {
            judge(candidate, learning, published, good);
        }
        return published;
    }

    private void judge(
            float[] candidate, TrialResult learning, TrialResult published, TrialResult good) {
        state =
                state.tried(
                        candidate,
                        state.duel().after(learning, published),
                        state.watch().after(published, good));
        boolean explodes =
                !(learning.error() <= EXPLOSION * published.error())
                        && !(learning.error() <= EXPLOSION * learning.persistence());
        Duel duel = state.duel();
        lost = explodes || (duel.minibatches() >= PATIENCE && duel.losesBy(MARGIN));
        if (state.watch().minibatches() >= PROOF && !state.watch().loses()) {
            state = state.trusted();
            ofGood.load(state.good());
        }
    }

    /** Whether the weights that learn have to go back to those that are published. */
    boolean hasLost() {
        return lost;
    }

    /** Notes that they did, and says what they are. */
    float[] takeBack() {
        lost = false;
        state = state.takenBack().caution(SLOWER * state.caution());
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
        Duel watch = state.watch();
        if (!state.isProven() && watch.minibatches() >= EVIDENCE && watch.losesBy(MARGIN)) {
            return new Choice(state.good(), Scores.Why.ROLLED_BACK, false);
        }
        boolean proven = state.trials() >= warmUp && state.hasTried() && !state.duel().loses();
        if (due && proven && !Arrays.equals(state.tried(), state.published())) {
            return new Choice(state.tried(), Scores.Why.LEARNED, false);
        }
        return null;
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
                boolean watched = guarded && !state.isProven();
                state =
                        (watched
                                        ? state.advanced(next)
                                        : state.published(next, before, state.wayBack()))
                                .caution(Math.min(1, FASTER * state.caution()));
            }
            case PROMOTED -> state = state.published(next, before, state.wayBack());
            case ROLLED_BACK -> state = state.published(next, next, GateState.NONE);
            case KEPT -> throw new IllegalArgumentException("what was kept is not published");
        }
        loadPublished();
    }
}
