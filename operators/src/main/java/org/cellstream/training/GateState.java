package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.Control;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Gate} remembers; public so that Flink's serializer reaches it.
 *
 * @param published the weights that were published last, or that the job started from
 * @param good the last good weights before them; empty if there are none
 * @param earlier those that were good before those; empty if there are none
 * @param tried the weights that were last tried against them; empty if none were
 * @param duel those that learn against those published
 * @param watch those published against the good ones
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
        Duel duel,
        Duel watch,
        long trials,
        double caution,
        boolean frozen,
        Control.@Nullable Action order) {

    static final float[] NONE = {};

    /** Of a trainer that starts from these weights. */
    static GateState startingFrom(float[] weights) {
        return new GateState(weights, NONE, NONE, NONE, Duel.NEW, Duel.NEW, 0, 1, false, null);
    }

    /** The Flink type of these states. */
    static TypeInformation<GateState> type() {
        TypeInformation<?> floats = Types.PRIMITIVE_ARRAY(Types.FLOAT);
        return Types.POJO(
                GateState.class,
                Map.of(
                        "published",
                        floats,
                        "good",
                        floats,
                        "earlier",
                        floats,
                        "tried",
                        floats,
                        "duel",
                        Duel.type(),
                        "watch",
                        Duel.type(),
                        "trials",
                        Types.LONG,
                        "caution",
                        Types.DOUBLE,
                        "frozen",
                        Types.BOOLEAN,
                        "order",
                        Types.ENUM(Control.Action.class)));
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

    /** After a minibatch on which weights were tried. */
    GateState tried(float[] candidate, Duel nextDuel, Duel nextWatch) {
        return new GateState(
                published,
                good,
                earlier,
                candidate,
                nextDuel,
                nextWatch,
                trials + 1,
                caution,
                frozen,
                order);
    }

    /** With the weights that are published being the good ones. */
    GateState trusted() {
        float[] before = isProven() ? earlier : good;
        return new GateState(
                published, published, before, tried, duel, Duel.NEW, trials, caution, frozen,
                order);
    }

    /**
     * With other weights published, and nothing tried against them yet.
     *
     * @param nextGood the last good ones beside which they are watched
     */
    GateState published(float[] next, float[] nextGood, float[] nextEarlier) {
        return new GateState(
                next,
                nextGood,
                nextEarlier,
                NONE,
                Duel.NEW,
                Duel.NEW,
                trials,
                caution,
                frozen,
                order);
    }

    /** With other weights published, which are watched on beside the same good ones. */
    GateState advanced(float[] next) {
        return new GateState(
                next, good, earlier, NONE, Duel.NEW, watch, trials, caution, frozen, order);
    }

    /** With what learns gone back to what is published. */
    GateState takenBack() {
        return new GateState(
                published, good, earlier, NONE, Duel.NEW, watch, trials, caution, frozen, order);
    }

    /** With another caution. */
    GateState caution(double next) {
        return new GateState(
                published, good, earlier, tried, duel, watch, trials, next, frozen, order);
    }

    /** With something to do, or nothing. */
    GateState ordered(Control.@Nullable Action action) {
        return new GateState(
                published, good, earlier, tried, duel, watch, trials, caution, frozen, action);
    }

    /** Frozen or not. */
    GateState frozen(boolean now) {
        return new GateState(
                published, good, earlier, tried, duel, watch, trials, caution, now, order);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof GateState s
                && Arrays.equals(published, s.published)
                && Arrays.equals(good, s.good)
                && Arrays.equals(earlier, s.earlier)
                && Arrays.equals(tried, s.tried)
                && duel.equals(s.duel)
                && watch.equals(s.watch)
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
        return "GateState[%d trials, %s, %s%s]"
                .formatted(trials, duel, watch, frozen ? ", frozen" : "");
    }
}
