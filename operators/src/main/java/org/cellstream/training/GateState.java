package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.Control;
import org.cellstream.learn.TrialResult;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Gate} remembers; public so that Flink's serializer reaches it.
 *
 * @param published the weights that were published last, or that the job started from
 * @param good the last good weights before them; empty if there are none
 * @param earlier those that were good before those; empty if there are none
 * @param tried the weights that were last tried against them; empty if none were
 * @param snapshot on probation, what learned as it was at the end of the last round; else empty
 * @param duel those that learn against those published, since these were published
 * @param lead what learns against what is published, whichever these were, round by round; on
 *     probation the snapshots
 * @param watch those published against the good ones
 * @param watched the same, round by round
 * @param probation whether nothing is published until what learned does no worse in later rounds
 * @param trials minibatches on which weights were tried
 * @param caution what the learning rate is multiplied by after weights had to be taken back
 * @param frozen whether nothing is published until somebody promotes it
 * @param order what somebody asked for that is still to be done
 */
@Internal
public record GateState(
        float[] published,
        float[] good,
        float[] earlier,
        float[] tried,
        float[] snapshot,
        Duel duel,
        Lead lead,
        Duel watch,
        Lead watched,
        boolean probation,
        long trials,
        double caution,
        boolean frozen,
        Control.@Nullable Action order) {

    static final float[] NONE = {};

    /** Of a trainer that starts from these weights. */
    static GateState startingFrom(float[] weights) {
        return new GateState(
                weights, NONE, NONE, NONE, weights, Duel.NEW, Lead.NEW, Duel.NEW, Lead.NEW, true, 0,
                1, false, null);
    }

    /** The Flink type of these states. */
    static TypeInformation<GateState> type() {
        TypeInformation<?> floats = Types.PRIMITIVE_ARRAY(Types.FLOAT);
        return Types.POJO(
                GateState.class,
                Map.ofEntries(
                        Map.entry("published", floats),
                        Map.entry("good", floats),
                        Map.entry("earlier", floats),
                        Map.entry("tried", floats),
                        Map.entry("snapshot", floats),
                        Map.entry("duel", Duel.type()),
                        Map.entry("lead", Lead.type()),
                        Map.entry("watch", Duel.type()),
                        Map.entry("watched", Lead.type()),
                        Map.entry("probation", Types.BOOLEAN),
                        Map.entry("trials", Types.LONG),
                        Map.entry("caution", Types.DOUBLE),
                        Map.entry("frozen", Types.BOOLEAN),
                        Map.entry("order", Types.ENUM(Control.Action.class))));
    }

    boolean hasGood() {
        return good.length > 0;
    }

    boolean hasTried() {
        return tried.length > 0;
    }

    /** Whether what is published is what is good. */
    boolean isProven() {
        return !hasGood() || Arrays.equals(good, published);
    }

    /** The last good weights that are not published; empty if there are none. */
    float[] wayBack() {
        return isProven() ? earlier : good;
    }

    /** What is tried beside those that learn and those that are published; empty if nothing is. */
    float[] other() {
        return probation ? snapshot : good;
    }

    /** How three versions did on the same windows. */
    record Errors(TrialResult learning, TrialResult published, TrialResult other) {}

    /** After a minibatch on which weights were tried, but nothing was measured. */
    GateState tried(float[] candidate) {
        return change(
                c -> {
                    c.tried = candidate;
                    c.trials++;
                });
    }

    /**
     * After a minibatch on which weights were tried.
     *
     * @param ends whether a round ends with it
     */
    GateState tried(float[] candidate, Errors errors, boolean ends) {
        return change(
                c -> {
                    c.tried = candidate;
                    c.trials++;
                    c.duel = duel.after(errors.learning(), errors.published());
                    if (probation) {
                        c.lead = lead.after(errors.other(), errors.published(), ends);
                        c.snapshot = ends ? candidate : snapshot;
                    } else {
                        c.lead = lead.after(errors.learning(), errors.published(), ends);
                        c.watch = watch.after(errors.published(), errors.other());
                        c.watched = watched.after(errors.published(), errors.other(), ends);
                    }
                });
    }

    /** With the weights that are published being the good ones. */
    GateState trusted() {
        return change(
                c -> {
                    c.good = published;
                    c.earlier = wayBack();
                    c.watch = Duel.NEW;
                    c.watched = watched.anew();
                });
    }

    /**
     * With other weights published, and nothing tried against them yet.
     *
     * @param nextGood the last good ones beside which they are watched
     */
    GateState published(float[] next, float[] nextGood, float[] nextEarlier) {
        return change(
                c -> {
                    c.published = next;
                    c.good = nextGood;
                    c.earlier = nextEarlier;
                    c.tried = NONE;
                    c.snapshot = NONE;
                    c.probation = false;
                    c.duel = Duel.NEW;
                    c.lead = lead.anew();
                    c.watch = Duel.NEW;
                    c.watched = watched.anew();
                });
    }

    /** With other weights published, which are watched on beside the same good ones. */
    GateState advanced(float[] next) {
        return change(
                c -> {
                    c.published = next;
                    c.tried = NONE;
                    c.duel = Duel.NEW;
                });
    }

    /** With earlier weights published, and what learns on probation. */
    GateState rolledBack(float[] next) {
        return change(
                c -> {
                    c.published = next;
                    c.good = next;
                    c.earlier = NONE;
                    c.onProbation(tried.length > 0 ? tried : next);
                    c.watch = Duel.NEW;
                    c.watched = watched.anew();
                });
    }

    /** With what learns gone back to what is published, on probation. */
    GateState takenBack() {
        return change(c -> c.onProbation(published));
    }

    /** With another caution. */
    GateState caution(double next) {
        return change(c -> c.caution = next);
    }

    /** With something to do, or nothing. */
    GateState ordered(Control.@Nullable Action action) {
        return change(c -> c.order = action);
    }

    /** Frozen or not. */
    GateState frozen(boolean now) {
        return change(c -> c.frozen = now);
    }

    private GateState change(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.state();
    }

    /** A copy, while it is changed. */
    private static final class Changed {
        private float[] published;
        private float[] good;
        private float[] earlier;
        private float[] tried;
        private float[] snapshot;
        private Duel duel;
        private Lead lead;
        private Duel watch;
        private Lead watched;
        private boolean probation;
        private long trials;
        private double caution;
        private boolean frozen;
        private Control.@Nullable Action order;

        Changed(GateState s) {
            published = s.published;
            good = s.good;
            earlier = s.earlier;
            tried = s.tried;
            snapshot = s.snapshot;
            duel = s.duel;
            lead = s.lead;
            watch = s.watch;
            watched = s.watched;
            probation = s.probation;
            trials = s.trials;
            caution = s.caution;
            frozen = s.frozen;
            order = s.order;
        }

        private void onProbation(float[] from) {
            probation = true;
            snapshot = from;
            tried = NONE;
            duel = Duel.NEW;
            lead = lead.anew();
        }

        private GateState state() {
            return new GateState(
                    published, good, earlier, tried, snapshot, duel, lead, watch, watched,
                    probation, trials, caution, frozen, order);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof GateState s
                && Arrays.equals(published, s.published)
                && Arrays.equals(good, s.good)
                && Arrays.equals(earlier, s.earlier)
                && Arrays.equals(tried, s.tried)
                && Arrays.equals(snapshot, s.snapshot)
                && duel.equals(s.duel)
                && lead.equals(s.lead)
                && watch.equals(s.watch)
                && watched.equals(s.watched)
                && probation == s.probation
                && trials == s.trials
                && caution == s.caution
                && frozen == s.frozen
                && order == s.order;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(published) + Long.hashCode(trials);
    }

    @Override
    public String toString() {
        return "GateState[%d trials, %s, %s%s%s]"
                .formatted(
                        trials,
                        lead,
                        watched,
                        probation ? ", on probation" : "",
                        frozen ? ", frozen" : "");
    }
}
