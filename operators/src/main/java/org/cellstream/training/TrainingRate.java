package org.cellstream.training;

import java.util.function.LongSupplier;
import org.cellstream.config.RateConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.nn.Draws;

/**
 * Chooses the windows that are learned from, by a hash of key and window: the same ones in every
 * run, but for a rate that follows the machine. What a rate in time steps a second comes to is
 * decided at the start of each epoch of event time, by what the epoch before had, so that no key is
 * chosen for coming first.
 */
final class TrainingRate<K> {

    /** Length of an epoch where weights take effect at arrival. */
    private static final long EPOCH_MILLIS = 60_000;

    private static final double MILLIS_PER_SECOND = 1000;

    /** How long the machine is watched before the ratio is changed. */
    private static final long WATCHED_NANOS = 1_000_000_000;

    /** Shares of the time spent learning at which less, and at which more is learned from. */
    private static final double BUSY = 0.5;

    private static final double IDLE = 0.2;

    private static final double LEAST_RATIO = 1.0 / 64;

    private final RateConfig config;
    private final long epochMillis;
    private final Draws draws;
    private final KeyHash<K> hash;
    private final LongSupplier nanoTime;
    private RateState state;
    private long watchedFrom;
    private long learning;

    /**
     * @param nanoTime the machine's clock, for a rate that follows it
     */
    @SuppressWarnings("checkstyle:ParameterNumber") // all of it is what a choice depends on
    TrainingRate(
            RateConfig config,
            TimingConfig timing,
            long seed,
            KeyHash<K> hash,
            RateState restored,
            LongSupplier nanoTime) {
        this.config = config;
        this.epochMillis = timing.byEventTime() ? timing.epochMillis() : EPOCH_MILLIS;
        this.draws = new Draws(seed, "training-rate");
        this.hash = hash;
        this.nanoTime = nanoTime;
        this.watchedFrom = nanoTime.getAsLong();
        double ratio =
                switch (config.kind()) {
                    case ALL -> 1;
                    case RATIO -> config.number();
                    case PER_SECOND, ADAPTIVE -> restored.ratio();
                };
        this.state = new RateState(ratio, restored.start(), restored.samples());
    }

    /** Notes that event time has come so far, before windows that end there are chosen. */
    void reached(long time) {
        if (config.kind() != RateConfig.Kind.PER_SECOND) {
            return;
        }
        long start = Math.floorDiv(time, epochMillis) * epochMillis;
        if (state.start() == Long.MIN_VALUE) {
            state = new RateState(state.ratio(), start, 0);
        } else if (start > state.start()) {
            double seconds = (start - state.start()) / MILLIS_PER_SECOND;
            double ratio = state.samples() == 0 ? 1 : config.number() * seconds / state.samples();
            state = new RateState(Math.min(1, ratio), start, 0);
        }
    }

    /**
     * Whether a window is learned from.
     *
     * @param step events of its key when it left
     * @param index of the windows that left with it
     * @param samples time steps that it has
     */
    boolean chooses(K key, long step, int index, int samples) {
        if (config.kind() == RateConfig.Kind.PER_SECOND) {
            state = new RateState(state.ratio(), state.start(), state.samples() + samples);
        }
        return state.ratio() >= 1 || draws.at(hash.of(key)).at(step).uniform(index) < state.ratio();
    }

    /** Notes how long a minibatch took, and changes the rate if that follows the machine. */
    void took(long nanos) {
        if (config.kind() != RateConfig.Kind.ADAPTIVE) {
            return;
        }
        learning += nanos;
        long now = nanoTime.getAsLong();
        long watched = now - watchedFrom;
        if (watched < WATCHED_NANOS) {
            return;
        }
        double share = (double) learning / watched;
        double ratio = state.ratio();
        if (share > BUSY) {
            ratio = Math.max(LEAST_RATIO, ratio / 2);
        } else if (share < IDLE) {
            ratio = Math.min(1, ratio * 2);
        }
        state = new RateState(ratio, state.start(), state.samples());
        watchedFrom = now;
        learning = 0;
    }

    /** Share of the windows that are learned from now. */
    double ratio() {
        return state.ratio();
    }

    RateState state() {
        return state;
    }
}
