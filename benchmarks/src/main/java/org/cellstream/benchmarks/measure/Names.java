package org.cellstream.benchmarks.measure;

import java.util.Locale;

/** How names of a report's keys read for people. */
final class Names {

    private Names() {}

    /** {@code Hidden64Batch1} as {@code hidden 64 batch 1}. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])(?=[0-9])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
