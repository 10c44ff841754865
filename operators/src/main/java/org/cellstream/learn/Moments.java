package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;

/** What an optimiser of each kind remembers of past gradients. */
enum Moments {
    /** A running sum or mean of gradients. */
    FIRST,
    /** A running sum or mean of squared gradients. */
    SECOND,
    BOTH;

    static Moments of(OptimiserConfig.Kind kind) {
        return switch (kind) {
            case SGD -> FIRST;
            case RMSPROP, ADAGRAD -> SECOND;
            case ADAM, ADAMW -> BOTH;
        };
    }

    /** Numbers of the first moment. */
    int first(int weights) {
        return this == SECOND ? 0 : weights;
    }

    /** Numbers of the second moment. */
    int second(int weights) {
        return this == FIRST ? 0 : weights;
    }
}
