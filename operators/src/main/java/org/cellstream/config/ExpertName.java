package org.cellstream.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ways to forecast a key's next target; a forecast is mixed from those of all that are on. */
public enum ExpertName {
    /** The last target once more. */
    LAST,
    /** The target a season before the one that is forecast. */
    SEASONAL,
    /** A linear function of the last twenty targets, learned per key. */
    AR,
    /** Level, trend and added seasons; without a season level and trend. */
    HOLT_WINTERS,
    /** Level, trend and seasons as factors. */
    HOLT_WINTERS_MULTIPLICATIVE,
    /** The network that all keys share. */
    NETWORK,
    /** A linear function of a few targets and the network's output, learned per key. */
    READOUT;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Whether it is nothing without a season. */
    public boolean needsSeason() {
        return this == SEASONAL || this == HOLT_WINTERS_MULTIPLICATIVE;
    }

    /** The expert of a word; the message of the error has all words. */
    static ExpertName of(String word) {
        for (ExpertName name : values()) {
            if (name.word.equals(word)) {
                return name;
            }
        }
        throw new IllegalArgumentException(
                "%s has \"%s\"; need none, or names among %s"
                        .formatted(
                                CellstreamOptions.EXPERTS.key(),
                                word,
                                Arrays.stream(values())
                                        .map(ExpertName::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** The word that configuration files and forecasts use. */
    @Override
    public String toString() {
        return word;
    }
}
