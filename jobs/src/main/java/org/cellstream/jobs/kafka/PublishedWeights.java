package org.cellstream.jobs.kafka;

import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.WeightUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What a weights topic held when it was read.
 *
 * @param whole the newest whole version for the network that was asked for, or null
 * @param highestGeneration the highest generation of any slice, whole version or not; 0 if there is
 *     none
 */
@Internal
public record PublishedWeights(@Nullable WeightUpdate whole, long highestGeneration) {

    /** The newest whole version for the network that was asked for. */
    public Optional<WeightUpdate> newest() {
        return Optional.ofNullable(whole);
    }
}
