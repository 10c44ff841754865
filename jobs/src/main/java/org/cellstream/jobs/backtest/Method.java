package org.cellstream.jobs.backtest;

import java.util.Arrays;

/** Who makes forecasts that are compared, in the order of tables. */
enum Method {
    /** What the job forecasts: all that follow, by their shares. */
    MIXTURE("mixture", "", false),
    NETWORK("network", "Network", false),
    READOUT("readout", "Readout", false),
    LAST("last", "Last", true),
    SEASONAL("seasonal", "Seasonal", true),
    AR("ar", "ArRls", true),
    HOLT_WINTERS("holt-winters", "HoltWinters", true),
    HOLT_WINTERS_MULTIPLICATIVE("holt-winters-multiplicative", "HoltWintersMultiplicative", true);

    private final String word;
    private final String field;
    private final boolean simple;

    Method(String word, String field, boolean simple) {
        this.word = word;
        this.field = field;
        this.simple = simple;
    }

    /**
     * The method of an expert.
     *
     * @param word the expert's name in options
     * @throws IllegalArgumentException if no method has that name
     */
    static Method of(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no method \"" + word + "\""));
    }

    /** What the names of its fields in a report end with. */
    String field() {
        return field;
    }

    /** Whether it learns no weights: one of those that forecasts have to beat. */
    boolean isSimple() {
        return simple;
    }

    @Override
    public String toString() {
        return word;
    }
}
