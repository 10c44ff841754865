package org.cellstream.benchmarks.harness;

import java.util.function.LongSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/** Draws the keys of a stage, the same in every run. */
final class KeyDraw {

    private static final double EXPONENT = 1.1;

    /** Odd and not a factor of the numbers of keys, so that it spreads ranks over all keys. */
    private static final long SPREAD = 7_368_787;

    private static final long SEED = 0x9E3779B97F4A7C15L;

    private KeyDraw() {}

    static LongSupplier of(Stage stage, int subtask, int subtasks) {
        XorShift random = new XorShift(SEED * (stage.number() * subtasks + subtask + 1));
        long first = stage.first();
        long keys = stage.keys();
        return switch (stage.draw()) {
            case EACH -> new Each(first, keys, subtask, subtasks);
            case UNIFORM -> () -> first + random.below(keys);
            case ZIPF -> {
                SharedStateDiscreteSampler ranks =
                        RejectionInversionZipfSampler.of(random, (int) keys, EXPONENT);
                yield () -> first + ranks.sample() * SPREAD % keys;
            }
        };
    }

    private static final class Each implements LongSupplier {

        private final long first;
        private final long keys;
        private final int subtasks;
        private long next;

        Each(long first, long keys, int subtask, int subtasks) {
            this.first = first;
            this.keys = keys;
            this.subtasks = subtasks;
            this.next = subtask;
        }

        @Override
        public long getAsLong() {
            long key = first + next % keys;
            next += subtasks;
            return key;
        }
    }

    /** Marsaglia's xorshift64: some nanoseconds a number. */
    private static final class XorShift implements UniformRandomProvider {

        private long state;

        XorShift(long seed) {
            state = seed == 0 ? SEED : seed;
        }

        @Override
        public long nextLong() {
            long x = state;
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
            state = x;
            return x;
        }

        /** At least 0 and below {@code bound}, which is below 2^31. */
        long below(long bound) {
            return ((nextLong() >>> 32) * bound) >>> 32;
        }
    }
}
