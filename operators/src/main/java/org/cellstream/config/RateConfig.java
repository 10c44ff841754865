package org.cellstream.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How much of the stream is learned from. What is not learned from is still tried, and carries its
 * key's state on.
 *
 * @param kind how it is decided
 * @param number of {@code ratio} the share of windows, above 0 and at most 1; of {@code per-second}
 *     time steps for each second of event time, above 0; else 1
 */
public record RateConfig(Kind kind, double number) implements Serializable {

    private static final String ALLOWED =
            "all, ratio(share) with a share above 0 and at most 1, per-second(steps) with a number"
                    + " above 0, or adaptive";

    /** How it is decided what is learned from. */
    public enum Kind {
        /** Every window. */
        ALL("all"),
        /** A share of the windows, chosen by a hash of key and window. */
        RATIO("ratio"),
        /** So many time steps for each second of event time, chosen by the same hash. */
        PER_SECOND("per-second"),
        /** A share that falls where learning would take more of the machine than it may. */
        ADAPTIVE("adaptive");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public RateConfig {
        boolean right =
                switch (kind) {
                    case RATIO -> number > 0 && number <= 1;
                    case PER_SECOND -> number > 0 && number < Double.POSITIVE_INFINITY;
                    case ALL, ADAPTIVE -> number == 1;
                };
        if (!right) {
            throw Call.wrong(CellstreamOptions.TRAINING_RATE, kind + "(" + number + ")", ALLOWED);
        }
    }

    /** Every window is learned from. */
    public static RateConfig all() {
        return new RateConfig(Kind.ALL, 1);
    }

    /**
     * Reads an option.
     *
     * @throws IllegalArgumentException if it is no rate; the message says what is allowed
     */
    public static RateConfig parse(String text) {
        Call call = Call.parseOne(CellstreamOptions.TRAINING_RATE, text, ALLOWED);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(call.name())) {
                List<Double> numbers = call.numbers(CellstreamOptions.TRAINING_RATE);
                boolean needsOne = kind == Kind.RATIO || kind == Kind.PER_SECOND;
                if (numbers.size() == (needsOne ? 1 : 0)) {
                    return new RateConfig(kind, needsOne ? numbers.get(0) : 1);
                }
            }
        }
        throw Call.wrong(CellstreamOptions.TRAINING_RATE, text, ALLOWED);
    }

    /**
     * The option's value; every window where it is not given. A rate that follows the machine is
     * refused where two runs must give the same.
     */
    static RateConfig from(ReadableConfig options, TimingConfig timing) {
        String text = options.get(CellstreamOptions.TRAINING_RATE);
        RateConfig rate = text == null ? all() : parse(text);
        if (rate.kind == Kind.ADAPTIVE && timing.byEventTime()) {
            throw Call.wrong(
                    CellstreamOptions.TRAINING_RATE,
                    text,
                    "all, ratio(share) or per-second(steps) where %s is event-time, as in replay and"
                                    .formatted(CellstreamOptions.WEIGHTS_TIMING.key())
                            + " backtest: adaptive follows the machine, and no two runs are the"
                            + " same");
        }
        return rate;
    }

    @Override
    public String toString() {
        return kind == Kind.RATIO || kind == Kind.PER_SECOND
                ? kind.word + "(" + number + ")"
                : kind.word;
    }
}
