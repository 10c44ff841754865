package org.cellstream.benchmarks.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a core's caches, as Linux tells them.
 *
 * @param first for data
 * @param second the second level
 * @param third the third, or as much if there is none
 */
record CacheLevels(long first, long second, long third) {

    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;

    /** What is assumed where nobody tells. */
    private static final CacheLevels USUAL = new CacheLevels(32 * KIB, MIB, 16 * MIB);

    /** Longest array that stands for the third level, which other cores use too. */
    private static final long LONGEST = 16 * MIB;

    CacheLevels {
        if (first < KIB || second < first || third < second) {
            throw new IllegalArgumentException(
                    "caches have %d, %d and %d bytes; need at least 1024, each at least the one before"
                            .formatted(first, second, third));
        }
    }

    /** Those of the first core. */
    static CacheLevels ofThisMachine() throws IOException {
        long[] bytes = {0, USUAL.first, USUAL.second, USUAL.third};
        for (int index = 0; Files.exists(CACHES.resolve("index" + index)); index++) {
            Path cache = CACHES.resolve("index" + index);
            int level = Integer.parseInt(Files.readString(cache.resolve("level")).strip());
            String type = Files.readString(cache.resolve("type")).strip();
            if (!type.equals("Instruction") && level < bytes.length) {
                bytes[level] = parse(Files.readString(cache.resolve("size")).strip());
            }
        }
        return new CacheLevels(bytes[1], bytes[2], Math.max(bytes[2], bytes[3]));
    }

    /** Bytes of {@code 48K} or {@code 32M}. */
    static long parse(String size) {
        long number = Long.parseLong(size.replaceAll("[KM]$", ""));
        if (size.endsWith("M")) {
            return number * MIB;
        }
        return size.endsWith("K") ? number * KIB : number;
    }

    /** The first level that holds so many bytes; the third for more than all hold. */
    int levelOf(long bytes) {
        if (bytes <= first) {
            return 1;
        }
        return bytes <= second ? 2 : 3;
    }

    /** Bytes of an array that stands for a level: half of it, so that it stays there. */
    long arrayBytes(int level) {
        return switch (level) {
            case 1 -> first / 2;
            case 2 -> second / 2;
            default -> Math.min(LONGEST, Math.max(third / 2, second));
        };
    }
}
