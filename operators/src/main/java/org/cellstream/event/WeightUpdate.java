package org.cellstream.event;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * A publication of the shared weights. Versions are (generation, number), compared in that order.
 *
 * @param generation counts trainers that started fresh
 * @param number counts publications within a generation; 0 for seeded weights that never learned
 * @param network identity of the network they fit, as {@code lstm(64) dense(1) over 3 inputs}
 * @param epoch epoch of event time through which they learned, or {@link #AT_ARRIVAL}
 * @param values the weights, in the network's own layout; empty for "unchanged through this epoch"
 * @param scores why they were published, and how they did; null where nobody said
 * @param prior what is usual among the keys that were learned from, for those never seen; null
 *     where nothing is known
 */
public record WeightUpdate(
        long generation,
        long number,
        String network,
        long epoch,
        float[] values,
        @Nullable Scores scores,
        double @Nullable [] prior)
        implements Serializable {

    /** The epoch of weights that take effect as they arrive. */
    public static final long AT_ARRIVAL = Long.MIN_VALUE;

    /** Weights of which nobody said why they were published. */
    public WeightUpdate(long generation, long number, String network, long epoch, float[] values) {
        this(generation, number, network, epoch, values, null);
    }

    /** Weights that come without what is usual among keys. */
    @SuppressWarnings("checkstyle:ParameterNumber") // all components but the last
    public WeightUpdate(
            long generation,
            long number,
            String network,
            long epoch,
            float[] values,
            @Nullable Scores scores) {
        this(generation, number, network, epoch, values, scores, null);
    }

    /** The same with what is usual among keys. */
    public WeightUpdate prior(double @Nullable [] usual) {
        return new WeightUpdate(generation, number, network, epoch, values, scores, usual);
    }

    /** The Flink type of weight updates. */
    public static TypeInformation<WeightUpdate> type() {
        return Types.POJO(
                WeightUpdate.class,
                Map.of(
                        "generation", Types.LONG,
                        "number", Types.LONG,
                        "network", Types.STRING,
                        "epoch", Types.LONG,
                        "values", Types.PRIMITIVE_ARRAY(Types.FLOAT),
                        "scores", Scores.type(),
                        "prior", Types.PRIMITIVE_ARRAY(Types.DOUBLE)));
    }

    /** Whether this says that the weights stay as they are through {@link #epoch}. */
    public boolean unchanged() {
        return values.length == 0;
    }

    /** Whether this version comes after {@code other}'s. */
    public boolean newerThan(WeightUpdate other) {
        return generation != other.generation
                ? generation > other.generation
                : number > other.number;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WeightUpdate w
                && generation == w.generation
                && number == w.number
                && network.equals(w.network)
                && epoch == w.epoch
                && Arrays.equals(values, w.values)
                && Objects.equals(scores, w.scores)
                && Arrays.equals(prior, w.prior);
    }

    @Override
    public int hashCode() {
        return Objects.hash(generation, number, network, epoch, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return "WeightUpdate[%d.%d for %s, epoch %s, %s%s]"
                .formatted(
                        generation,
                        number,
                        network,
                        epoch == AT_ARRIVAL ? "at arrival" : epoch,
                        unchanged() ? "unchanged" : values.length + " floats",
                        scores == null ? "" : ", " + scores);
    }
}
