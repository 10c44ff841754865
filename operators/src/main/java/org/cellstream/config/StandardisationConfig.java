package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the columns of one key are brought to one scale.
 *
 * @param scaling to which
 * @param rate weight of a new value once 1/count has fallen to it, in (0, 1]
 * @param clip largest absolute standardised value
 */
public record StandardisationConfig(Scaling scaling, double rate, double clip)
        implements Serializable {

    public StandardisationConfig {
        Checks.positive(CellstreamOptions.STANDARDISATION_RATE, rate);
        if (rate > 1) {
            throw new IllegalArgumentException(
                    "%s is %s; need at most 1"
                            .formatted(CellstreamOptions.STANDARDISATION_RATE.key(), rate));
        }
        Checks.positive(CellstreamOptions.STANDARDISATION_CLIP, clip);
    }

    /** To a running mean of 0 and variance of 1. */
    public StandardisationConfig(double rate, double clip) {
        this(Scaling.STANDARD, rate, clip);
    }

    public static StandardisationConfig from(ReadableConfig options) {
        return new StandardisationConfig(
                options.get(CellstreamOptions.STANDARDISATION_SCALING),
                options.get(CellstreamOptions.STANDARDISATION_RATE),
                options.get(CellstreamOptions.STANDARDISATION_CLIP));
    }
}
