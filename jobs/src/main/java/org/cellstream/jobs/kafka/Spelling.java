package org.cellstream.jobs.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** Which word somebody may have meant. */
@Internal
public final class Spelling {

    private Spelling() {}

    /** The known word that {@code unknown} is nearest to; empty if it is near to none. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(unknown, word)))
                .filter(word -> distance(unknown, word) <= word.length() / 3);
    }

    /** Levenshtein's distance: letters to add, drop or change, whatever their case. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
