package org.cellstream.config;

import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * How the memories of keys are held.
 *
 * @param residentSize heap for the memories of the most recently used keys, for each subtask
 * @param residentKeys most keys held there, where that is given instead; null if not
 * @param precision what h and c are rounded to after every step
 * @param stateLimit largest absolute value of a state; beyond it the key is reset
 */
public record MemoryConfig(
        MemorySize residentSize,
        @Nullable Integer residentKeys,
        MemoryPrecision precision,
        double stateLimit)
        implements Serializable {

    public MemoryConfig {
        if (residentKeys != null) {
            Checks.atLeast(CellstreamOptions.MEMORY_RESIDENT_KEYS, residentKeys, 1);
        }
        Checks.positive(CellstreamOptions.MEMORY_STATE_LIMIT, stateLimit);
    }

    /** Every option at its default. */
    public static MemoryConfig plain() {
        return new MemoryConfig(
                CellstreamOptions.MEMORY_RESIDENT_SIZE.defaultValue(),
                null,
                CellstreamOptions.MEMORY_PRECISION.defaultValue(),
                CellstreamOptions.MEMORY_STATE_LIMIT.defaultValue());
    }

    public static MemoryConfig from(ReadableConfig options) {
        Optional<Integer> keys = options.getOptional(CellstreamOptions.MEMORY_RESIDENT_KEYS);
        return new MemoryConfig(
                options.get(CellstreamOptions.MEMORY_RESIDENT_SIZE),
                keys.orElse(null),
                options.get(CellstreamOptions.MEMORY_PRECISION),
                options.get(CellstreamOptions.MEMORY_STATE_LIMIT));
    }
}
