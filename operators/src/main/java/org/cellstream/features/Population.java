package org.cellstream.features;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is usual among keys: of each column the median of the keys' means and that of their
 * deviations, so that a few wild keys do not count. It knows the last statistics of at most {@value
 * #PLACES} keys; another key takes the place of one whose hash leads to the same, so that keys
 * which are gone fade.
 *
 * <p>How many events of its own what is usual is worth to a key follows from how much the keys
 * differ. The mean of n values with deviation s is off by s^2 / n, that of another key by the
 * variance t^2 of the keys' means, so that the usual mean is worth s^2 / t^2 values; where that is
 * below one, it is worth nothing. In the same way of the logarithm of the variance, which n values
 * tell to 2 / n.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1975.10479864">Efron and Morris 1975</a>:
 *     shrinking the estimates of many towards each other by the data's own spread
 */
public final class Population {

    static final int PLACES = 256;

    /** Fewer keys tell nothing of others. */
    static final int LEAST_KEYS = 10;

    /** The standard deviation of normal values, in median absolute deviations. */
    private static final double NORMAL = 1.4826;

    private static final int UNUSED_BITS = 12; // of a hash, so that a double holds the rest

    private final FeaturePipeline pipeline;
    private final int width;

    /** {@code [PLACES, width]}: a key's hash, its statistics; NaN where there is no key. */
    private final double[] places;

    /**
     * @param kept what {@link #kept} gave; of another size, as for other columns, it is not used
     */
    public Population(FeaturePipeline pipeline, double[] kept) {
        this.pipeline = pipeline;
        this.width = 1 + pipeline.statisticsSize();
        this.places = kept.length == PLACES * width ? kept.clone() : new double[PLACES * width];
        if (kept.length != places.length) {
            Arrays.fill(places, Double.NaN);
        }
    }

    /**
     * Takes in what a key's statistics are now.
     *
     * @param hash of the key
     * @param memory of the key, which has had events
     */
    public void add(long hash, double[] memory) {
        int at = place(hash);
        places[at] = identity(hash);
        pipeline.statistics(memory, places, at + 1);
    }

    /** Drops what is known of a key. */
    public void forget(long hash) {
        int at = place(hash);
        if (places[at] == identity(hash)) {
            Arrays.fill(places, at, at + width, Double.NaN);
        }
    }

    private int place(long hash) {
        return Math.floorMod(hash, PLACES) * width;
    }

    private static double identity(long hash) {
        return hash >>> UNUSED_BITS;
    }

    /** What is usual, for {@link FeaturePipeline#startFrom}; null while too few keys are known. */
    public double @Nullable [] prior() {
        int keys = 0;
        for (int at = 0; at < places.length; at += width) {
            keys += Double.isNaN(places[at]) ? 0 : 1;
        }
        if (keys < LEAST_KEYS) {
            return null;
        }
        Usual[] columns = new Usual[(width - 2) / 2];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = usual(values(2 + 2 * c), values(3 + 2 * c));
        }
        return Prior.values(pipeline.fingerprint(), usual(new double[0], values(1)), columns);
    }

    private static Usual usual(double[] locations, double[] scales) {
        double[] positive = Arrays.stream(scales).filter(s -> s > 0).toArray();
        double scale = median(positive);
        int locationEvents = 0;
        if (locations.length >= LEAST_KEYS && scale > 0) {
            double ratio = scale / spread(locations, x -> x);
            locationEvents = events(ratio * ratio);
        }
        int scaleEvents = 0;
        if (positive.length >= LEAST_KEYS) {
            double spread = 2 * spread(positive, StrictMath::log);
            scaleEvents = events(2 / (spread * spread));
        }
        return new Usual(median(locations), locationEvents, scale, scaleEvents);
    }

    private static int events(double worth) {
        return worth < 1 ? 0 : (int) Math.min(Usual.MOST_EVENTS, worth);
    }

    private double[] values(int index) {
        return IntStream.range(0, PLACES)
                .mapToDouble(place -> places[place * width + index])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** The standard deviation of most values, whatever the others are. */
    private static double spread(double[] values, DoubleUnaryOperator as) {
        double[] taken = Arrays.stream(values).map(as).toArray();
        double median = median(taken);
        return NORMAL * median(Arrays.stream(taken).map(v -> Math.abs(v - median)).toArray());
    }

    /** 0 of none. */
    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** All that this object remembers; a copy. */
    public double[] kept() {
        return places.clone();
    }
}
