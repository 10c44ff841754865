package org.cellstream.jobs.config;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.kafka.Spelling;

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

    /**
     * That there is no such key, and which one may have been meant.
     *
     * @param otherwise what there is, for a key that is near to none
     */
    static Mistake unknown(String key, String otherwise) {
        String nearest =
                nearest(key).map(known -> "the nearest there is is " + known).orElse(otherwise);
        return new Mistake(key, key + " is no option; " + nearest);
    }

    /** The key that {@code unknown} is nearest to; empty if it is near to none. */
    private static Optional<String> nearest(String unknown) {
        Optional<String> withoutSection =
                KEYS.stream().filter(key -> key.endsWith("." + unknown)).findFirst();
        if (withoutSection.isPresent()) {
            return withoutSection;
        }
        return Spelling.nearest(unknown, KEYS);
    }
}
