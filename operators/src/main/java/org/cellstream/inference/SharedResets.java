package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.Control;
import org.cellstream.state.TimedOrder;

/**
 * Resets of all keys from an event time on, mirrored in broadcast state. They are never dropped: a
 * key may come back after years, and a replay starts at the first event.
 */
final class SharedResets<K> {

    private final BroadcastState<String, Control<K>> state;
    private final List<TimedOrder> resets = new ArrayList<>();
    private long latest = Long.MIN_VALUE;

    SharedResets(BroadcastState<String, Control<K>> state) throws Exception {
        this.state = state;
        for (Map.Entry<String, Control<K>> restored : state.entries()) {
            add(restored.getValue());
        }
    }

    static <K> MapStateDescriptor<String, Control<K>> descriptor(TypeInformation<K> keyType) {
        return new MapStateDescriptor<>("resets", Types.STRING, Control.type(keyType));
    }

    /** Takes a reset of all keys. */
    void take(Control<K> control) throws Exception {
        String name = control.time() + "/" + control.layer();
        if (!state.contains(name)) {
            state.put(name, control);
            add(control);
        }
    }

    private void add(Control<K> control) {
        resets.add(new TimedOrder(control.time(), control.layer(), Map.of()));
        resets.sort(Comparator.comparingLong(TimedOrder::time));
        latest = Math.max(latest, control.time());
    }

    /**
     * Whether a reset lies between two events of a key.
     *
     * @param before event time of the first, epoch milliseconds
     */
    boolean anyAfter(long before) {
        return before < latest;
    }

    /** The resets after one event of a key and at or before the next, the earliest first. */
    List<TimedOrder> between(long before, long now) {
        return resets.stream().filter(r -> r.time() > before && r.time() <= now).toList();
    }
}
