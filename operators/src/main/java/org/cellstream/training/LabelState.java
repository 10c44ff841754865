package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What a {@link LabelWatch} remembers; public so that Flink's serializer reaches it.
 *
 * @param drift errors of what is published, while labels are believed
 * @param held whether they are not
 * @param limit the error up to which they are believed again
 * @param published error of what is published since they are not, a faded mean
 * @param learning the same of what learns
 * @param minibatches minibatches since they are not
 */
@Internal
public record LabelState(
        DriftState drift,
        boolean held,
        double limit,
        double published,
        double learning,
        long minibatches) {

    /** Of labels of which none were seen. */
    static final LabelState NEW = new LabelState(DriftState.NEW, false, 0, 0, 0, 0);

    /** The Flink type of these states. */
    static TypeInformation<LabelState> type() {
        return Types.POJO(
                LabelState.class,
                Map.of(
                        "drift", DriftState.type(),
                        "held", Types.BOOLEAN,
                        "limit", Types.DOUBLE,
                        "published", Types.DOUBLE,
                        "learning", Types.DOUBLE,
                        "minibatches", Types.LONG));
    }
}
