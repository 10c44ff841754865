package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.learn.TrialResult;

/**
 * How two versions of weights did on the same windows, before either learned from them: sums that
 * fade, so that some twenty minibatches count. Public so that Flink's serializer reaches it.
 *
 * @param challenger sum of the errors of the one
 * @param champion sum of the errors of the other
 * @param persistence sum of the errors of repeating the last value; NaN for classes
 * @param weight sum of the weights of the time steps
 * @param samples time steps, all that there were
 */
@Internal
public record Duel(
        double challenger, double champion, double persistence, double weight, long samples) {

    /** What a sum is multiplied by before the next minibatch is added. */
    private static final double FADE = 0.95;

    /** Nothing was measured yet. */
    static final Duel NEW = new Duel(0, 0, 0, 0, 0);

    /** The Flink type of duels. */
    static TypeInformation<Duel> type() {
        return Types.POJO(
                Duel.class,
                Map.of(
                        "challenger", Types.DOUBLE,
                        "champion", Types.DOUBLE,
                        "persistence", Types.DOUBLE,
                        "weight", Types.DOUBLE,
                        "samples", Types.LONG));
    }

    /** This duel after one more minibatch; windows that weigh nothing change nothing. */
    Duel after(TrialResult one, TrialResult other) {
        if (one.weight() == 0) {
            return this;
        }
        return new Duel(
                FADE * challenger + one.error(),
                FADE * champion + other.error(),
                FADE * persistence + one.persistence(),
                FADE * weight + one.weight(),
                samples + one.samples());
    }

    /** Whether the challenger's errors are larger by more than a share of the champion's. */
    boolean losesBy(double margin) {
        return !(challenger <= (1 + margin) * champion); // what is no number loses
    }

    /** Mean error of the challenger; NaN if nothing was measured. */
    double challengerError() {
        return challenger / weight;
    }

    /** Mean error of the champion; NaN if nothing was measured. */
    double championError() {
        return champion / weight;
    }

    /** Mean error of repeating the last value; NaN if nothing was measured, and for classes. */
    double persistenceError() {
        return persistence / weight;
    }
}
