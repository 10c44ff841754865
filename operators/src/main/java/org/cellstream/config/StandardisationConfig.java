package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the columns of one key are brought to one scale.
 *
 * @param scaling to which
 * @param rate weight of a new value once 1/count has fallen to it, in (0, 1]
 * @param clip largest absolute standardised value
 * @param prior most events that what is usual among all keys is worth at the start of a key never
 *     seen; 0 lets every key start from nothing
 */
public record StandardisationConfig(Scaling scaling, double rate, double clip, int prior)
        implements Serializable {

    private static final int MOST_PRIOR = 63;

    public StandardisationConfig {
        Checks.positive(CellstreamOptions.STANDARDISATION_RATE, rate);
        if (rate > 1) {
            throw new IllegalArgumentException(
                    "%s is %s; need at most 1"
                            .formatted(CellstreamOptions.STANDARDISATION_RATE.key(), rate));
        }
        Checks.positive(CellstreamOptions.STANDARDISATION_CLIP, clip);
        Checks.between(CellstreamOptions.STANDARDISATION_PRIOR, prior, 0, MOST_PRIOR);
    }

    /** With every key starting from nothing. */
    public StandardisationConfig(Scaling scaling, double rate, double clip) {
        this(scaling, rate, clip, 0);
    }

    /** To a running mean of 0 and variance of 1, with every key starting from nothing. */
    public StandardisationConfig(double rate, double clip) {
        this(Scaling.STANDARD, rate, clip);
    }

    /** The same with what is usual among all keys worth as many events. */
    public StandardisationConfig prior(int events) {
        return new StandardisationConfig(scaling, rate, clip, events);
    }

    public static StandardisationConfig from(ReadableConfig options) {
        return new StandardisationConfig(
                options.get(CellstreamOptions.STANDARDISATION_SCALING),
                options.get(CellstreamOptions.STANDARDISATION_RATE),
                options.get(CellstreamOptions.STANDARDISATION_CLIP),
                options.get(CellstreamOptions.STANDARDISATION_PRIOR));
    }
}
