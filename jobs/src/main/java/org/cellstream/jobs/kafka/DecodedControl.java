package org.cellstream.jobs.kafka;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.Control;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record of the control topic: an order, or a rejection. Exactly one of them is
 * there; {@link SplitControlFunction} parts the two.
 *
 * @param control the order, or null
 * @param rejected why there is none, or null
 */
@Internal
public record DecodedControl(@Nullable Control<String> control, @Nullable Rejected rejected) {

    /** The Flink type of decoded records. */
    public static TypeInformation<DecodedControl> type() {
        return Types.POJO(
                DecodedControl.class,
                Map.of("control", Control.type(Types.STRING), "rejected", Rejected.type()));
    }
}
