package org.cellstream.experts;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Streams of one key by what makes them hard; the same for the same seed. */
enum GeneratedStreams {
    WHITE_NOISE,
    RANDOM_WALK,
    TREND,
    SEASON,
    SEASON_WITH_TREND,
    JUMPS,
    DYING_SENSOR,
    CONSTANT,
    HEAVY_TAILS,
    HEAVY_WALK,
    DRIFT,
    AUTO_REGRESSION,
    STEPS_OF_NOISE,
    MIXTURE;

    static final int SEASON_LENGTH = 12;

    /** Whether a season is told to the experts. */
    boolean seasonal() {
        return this == SEASON || this == SEASON_WITH_TREND || this == MIXTURE;
    }

    double[] targets(int events, long seed) {
        Random random = new Random(seed * 31 + name().hashCode());
        IntToDoubleFunction next = next(random);
        double[] targets = new double[events];
        for (int t = 0; t < events; t++) {
            targets[t] = next.applyAsDouble(t);
        }
        return targets;
    }

    private IntToDoubleFunction next(Random random) {
        double[] state = {0, 0};
        return switch (this) {
            case WHITE_NOISE -> t -> 100 + random.nextGaussian();
            case RANDOM_WALK -> t -> state[0] += random.nextGaussian();
            case TREND -> t -> 0.05 * t + random.nextGaussian();
            case SEASON -> t -> 10 * season(t) + random.nextGaussian();
            case SEASON_WITH_TREND ->
                    t -> (100 + 0.05 * t) * (1 + 0.3 * season(t)) + random.nextGaussian();
            case JUMPS ->
                    t -> {
                        state[0] = random.nextInt(250) == 0 ? 50 * random.nextGaussian() : state[0];
                        return state[0] + random.nextGaussian();
                    };
            case DYING_SENSOR -> t -> t < 2_500 ? 20 + random.nextGaussian() : 20.5;
            case CONSTANT -> t -> 7.25;
            case HEAVY_TAILS -> t -> random.nextGaussian() / Math.pow(random.nextDouble(), 0.6);
            case HEAVY_WALK ->
                    t -> state[0] += random.nextGaussian() / Math.pow(random.nextDouble(), 0.4);
            case DRIFT ->
                    t -> {
                        double part = 0.9 * Math.cos(t / 800.0);
                        state[0] = part * state[0] + random.nextGaussian();
                        return state[0];
                    };
            case AUTO_REGRESSION ->
                    t -> {
                        double now = 1.5 * state[0] - 0.8 * state[1] + random.nextGaussian();
                        state[1] = state[0];
                        state[0] = now;
                        return now;
                    };
            case STEPS_OF_NOISE -> t -> random.nextGaussian() * (t / 500 % 2 == 0 ? 1 : 10);
            case MIXTURE ->
                    t -> {
                        state[0] = 0.99 * state[0] + random.nextGaussian();
                        return state[0] + 4 * season(t) + 0.01 * t + (t % 1_000 == 999 ? 30 : 0);
                    };
        };
    }

    private static double season(int t) {
        return Math.sin(2 * Math.PI * (t % SEASON_LENGTH) / SEASON_LENGTH)
                + (t % SEASON_LENGTH == 3 ? 1 : 0);
    }
}
