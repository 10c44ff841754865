package org.cellstream.benchmarks.operator;

import java.util.Locale;

/** The names of cells. */
final class OperatorCells {

    static final String KEYS_400 = "Keys400";
    static final String BASE = "Keys100Thousand";
    static final String ZIPF = "Keys100ThousandZipf";
    static final String KEYS_MILLION = "Keys1Million";
    static final String KEYS_10_MILLION = "Keys10Million";
    static final String ZIPF_10_MILLION = "Keys10MillionZipf";
    static final String PARALLELISM_1 = "Parallelism1";
    static final String PARALLELISM_2 = "Parallelism2";

    private OperatorCells() {}

    static String hidden(int units) {
        return String.format(Locale.ROOT, "Hidden%d", units);
    }
}
