package org.cellstream.jobs.kafka;

import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Control;

/**
 * The control topic's past, for a job without a checkpoint. Orders that name an event time hold for
 * whoever reads the events again, so that two runs obey them alike. The others were for the job
 * that ran then, and are not obeyed again.
 *
 * @param timed the orders that name a time; none where the job reads no old events either
 * @param ends where each partition ended
 */
@Internal
public record PastOrders(List<Control<String>> timed, Map<Integer, Long> ends) {

    public PastOrders {
        timed = List.copyOf(timed);
        ends = Map.copyOf(ends);
    }
}
