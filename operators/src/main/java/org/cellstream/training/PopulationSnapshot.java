package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds of what is usual among keys; public so that Flink's serializer reaches
 * it.
 *
 * @param kept what a population remembers
 * @param published the prior that was published last; null if none was
 */
@Internal
public record PopulationSnapshot(double[] kept, double @Nullable [] published) {

    /** The Flink type of these snapshots. */
    static TypeInformation<PopulationSnapshot> type() {
        TypeInformation<?> doubles = Types.PRIMITIVE_ARRAY(Types.DOUBLE);
        return Types.POJO(PopulationSnapshot.class, Map.of("kept", doubles, "published", doubles));
    }

    /** Of a trainer that knows no key yet. */
    static PopulationSnapshot startingFrom(double @Nullable [] published) {
        return new PopulationSnapshot(new double[0], published);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PopulationSnapshot p
                && Arrays.equals(kept, p.kept)
                && Arrays.equals(published, p.published);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(kept);
    }

    @Override
    public String toString() {
        return "PopulationSnapshot[%d numbers]".formatted(kept.length);
    }
}
