package org.cellstream.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over memories that were made for another network or other columns: what fits stays, what
 * does not starts cold.
 */
final class MemoryAdoption {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryAdoption.class);

    private final MemoryShape shape;
    private final int fingerprint;
    private final Map<Integer, Optional<ShapeMapping>> mappings = new HashMap<>();

    MemoryAdoption(MemoryShape shape) {
        this.shape = shape;
        this.fingerprint = shape.fingerprint();
    }

    /** Whether a memory was made for this network and these columns. */
    boolean fits(KeyMemory memory) {
        return memory.shape == fingerprint;
    }

    /** A new memory with what fits of one; null if it is not known what it was made for. */
    @Nullable KeyMemory adopt(KeyMemory memory) {
        return mappings.computeIfAbsent(memory.shape, unused -> mapping(memory.madeFor()))
                .map(mapping -> mapping.apply(memory))
                .orElse(null);
    }

    private Optional<ShapeMapping> mapping(@Nullable String description) {
        if (description == null) {
            LOG.warn(
                    "Restored memories are of a network and columns that are not known; this job runs"
                            + " {}. Their keys start cold.",
                    shape.describe());
            return Optional.empty();
        }
        MemoryShape before;
        try {
            before = MemoryShape.parse(description);
        } catch (IllegalArgumentException e) {
            // Of a job before a word like key became one of the columns' own, or of a later one.
            LOG.warn(
                    "Restored memories are those of {}, which cannot be read: {}. Their keys start"
                            + " cold.",
                    description,
                    e.getMessage());
            return Optional.empty();
        }
        ShapeMapping mapping = ShapeMapping.between(before, shape);
        LOG.warn(
                "Restored memories are those of {}; this job runs {}. Of such a memory {} stay, from"
                        + " its key's next event on; the rest starts cold.",
                description,
                shape.describe(),
                mapping);
        return Optional.of(mapping);
    }
}
