package org.cellstream.jobs.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.cellstream.config.CellstreamOptions;

/** The keys that there are, and which of them somebody may have meant. */
final class KnownKeys {

    private static final Set<String> KEYS = keys();

    private KnownKeys() {}

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        JobOptions.all().forEach(o -> keys.add(o.key()));
        CellstreamOptions.all().forEach(o -> keys.add(o.key()));
        return keys;
    }

    static boolean contains(String key) {
        return KEYS.contains(key);
    }

    /** The key that {@code unknown} is nearest to; empty if it is near to none. */
    static Optional<String> nearest(String unknown) {
        Optional<String> withoutSection =
                KEYS.stream().filter(key -> key.endsWith("." + unknown)).findFirst();
        if (withoutSection.isPresent()) {
            return withoutSection;
        }
        return KEYS.stream()
                .min(Comparator.comparingInt(key -> distance(unknown, key)))
                .filter(key -> distance(unknown, key) <= key.length() / 3);
    }

    /** Levenshtein's distance: letters to add, drop or change. */
    private static int distance(String from, String to) {
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
