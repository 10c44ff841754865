package org.cellstream.savepoint;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What one key remembers.
 *
 * @param lastTime event time of its last event, epoch milliseconds; {@link Long#MIN_VALUE} before
 *     the first
 * @param step events taken in
 * @param stepsSinceReset events taken in since it last started from zeros
 * @param weightsGeneration generation of the weights it was last advanced with
 * @param weightsNumber number of the weights it was last advanced with
 * @param shape the network and columns it was made for; null if the savepoint does not say
 * @param layers h and c of each layer that has them, bottom first; empty if the shape is not known
 */
@Internal
public record SavedMemory(
        long lastTime,
        long step,
        long stepsSinceReset,
        long weightsGeneration,
        long weightsNumber,
        @Nullable SavedShape shape,
        List<SavedLayer> layers) {

    public SavedMemory {
        layers = List.copyOf(layers);
    }

    /** What it was made for if that is not {@code usual}; empty else. */
    public String madeForOther(SavedShape usual) {
        if (shape == null) {
            return "unknown";
        }
        return shape.equals(usual) ? "" : shape.toString();
    }
}
