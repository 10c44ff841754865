package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.learn.TrialResult;

/**
 * By how much one version's errors were larger than another's on the same windows, round by round:
 * what keys do at the same time is not independent, so a {@link Rounds round} is one observation,
 * the relative difference of its errors. Observations fade, so that the last ten or so count.
 * Public so that Flink's serializer reaches it.
 *
 * <p>The one is said to lose where a bound on the mean difference, which holds at all times at once
 * and not only at one that was chosen before, is above zero. So looking again after every round
 * raises no false alarms.
 *
 * @param challenger sum of the one's errors in the round that goes on
 * @param champion sum of the other's
 * @param count rounds, faded
 * @param sum sum of their differences, faded
 * @param squares sum of the squares of these, faded
 * @param rounds rounds, all that there were
 * @param variance of a round's difference around their mean, faded slowly; it outlives the versions
 * @see <a href="https://arxiv.org/abs/2103.06476">Waudby-Smith et al. 2021</a>: the bound, a
 *     confidence sequence by mixture; here the deviation has a prior, and observations fade
 */
@Internal
public record Lead(
        double challenger,
        double champion,
        double count,
        double sum,
        double squares,
        long rounds,
        double variance) {

    /** Deviation of a round's difference where nothing is known of it yet. */
    private static final double FIRST_NOISE = 0.03;

    /** Nothing was measured yet. */
    static final Lead NEW = new Lead(0, 0, 0, 0, 0, 0, FIRST_NOISE * FIRST_NOISE);

    /** What sums are multiplied by before the next round is added. */
    private static final double FADE = 0.9;

    /** Chance of a false alarm. */
    private static final double ALPHA = 0.01;

    /** Observations that the prior of the deviation counts for. */
    private static final double PRIOR = 2;

    /** Largest difference of a round: one round alone is not to decide all that follow. */
    private static final double MOST = 0.5;

    /** What the variance is multiplied by before the next round is added. */
    private static final double SLOW_FADE = 0.95;

    private static final double LEAST_NOISE = 0.005;
    private static final double MOST_NOISE = 0.1;

    /** The Flink type of these records. */
    static TypeInformation<Lead> type() {
        return Types.POJO(
                Lead.class,
                Map.of(
                        "challenger", Types.DOUBLE,
                        "champion", Types.DOUBLE,
                        "count", Types.DOUBLE,
                        "sum", Types.DOUBLE,
                        "squares", Types.DOUBLE,
                        "rounds", Types.LONG,
                        "variance", Types.DOUBLE));
    }

    /** Of two other versions of the same kind. */
    Lead anew() {
        return new Lead(0, 0, 0, 0, 0, 0, variance);
    }

    /**
     * After one more minibatch.
     *
     * @param ends whether the round ends with it
     */
    Lead after(TrialResult one, TrialResult other, boolean ends) {
        double ones = challenger + one.error();
        double others = champion + other.error();
        if (!ends) {
            return new Lead(ones, others, count, sum, squares, rounds, variance);
        }
        double difference = difference(ones, others);
        double beyond = Math.min(MOST_NOISE, Math.abs(difference - mean()));
        return new Lead(
                0,
                0,
                FADE * count + 1,
                FADE * sum + difference,
                FADE * squares + difference * difference,
                rounds + 1,
                SLOW_FADE * variance + (1 - SLOW_FADE) * beyond * beyond);
    }

    /** The relative difference; what is no number loses. */
    private static double difference(double one, double other) {
        double difference = one == other ? 0 : (one - other) / other;
        return Double.isNaN(difference) ? MOST : Math.max(-MOST, Math.min(MOST, difference));
    }

    /** Mean difference of the rounds, relative to the champion's errors; 0 if there were none. */
    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** Deviation of a round's difference. */
    double noise() {
        return Math.max(LEAST_NOISE, Math.sqrt(variance));
    }

    /** Whether the challenger does worse, beyond chance. */
    boolean loses() {
        if (count == 0) {
            return false;
        }
        double deviations = Math.max(0, squares - sum * sum / count);
        double ofRound = (PRIOR * noise() * noise() + deviations) / (PRIOR + count - 1);
        double width =
                Math.sqrt(ofRound * (count + 1) * Math.log((count + 1) / (ALPHA * ALPHA))) / count;
        return mean() > width;
    }
}
