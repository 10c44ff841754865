package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Orders about one key that wait for its first event at or after their time, the earliest first.
 */
@Internal
public final class TimedOrders {

    private final List<TimedOrder> orders;

    public TimedOrders() {
        this(new ArrayList<>());
    }

    private TimedOrders(List<TimedOrder> orders) {
        this.orders = orders;
    }

    TimedOrders copy() {
        return new TimedOrders(new ArrayList<>(orders)); // the orders themselves never change
    }

    /**
     * Adds an order; of two with the same time the one that came first is carried out first, and
     * left out if the other sets all that it sets.
     */
    public void add(TimedOrder order) {
        orders.removeIf(before -> before.time() == order.time() && order.covers(before));
        orders.add(order);
        orders.sort(Comparator.comparingLong(TimedOrder::time));
    }

    /** The orders that hold at an event time, in the order in which they are carried out. */
    public List<TimedOrder> until(long time) {
        int due = 0;
        while (due < orders.size() && orders.get(due).time() <= time) {
            due++;
        }
        return orders.subList(0, due);
    }

    /** Drops the orders that hold at an event time: they were carried out. */
    public void drop(long time) {
        until(time).clear();
    }

    /** Whether none waits. */
    public boolean isEmpty() {
        return orders.isEmpty();
    }

    int heapBytes() {
        return 2 * length() + 64 * orders.size();
    }

    int length() {
        int length = 4;
        for (TimedOrder order : orders) {
            length += 8 + 4 + utf8Layer(order).length + 4;
            for (Map.Entry<String, float[]> layer : order.state().entrySet()) {
                length += 4 + Bytes.utf8(layer.getKey()).length + 4 + 4 * layer.getValue().length;
            }
        }
        return length;
    }

    void write(ByteBuffer out) {
        out.putInt(orders.size());
        for (TimedOrder order : orders) {
            out.putLong(order.time());
            Bytes.put(out, utf8Layer(order));
            out.putInt(order.state().size());
            for (Map.Entry<String, float[]> layer : order.state().entrySet()) {
                Bytes.put(out, Bytes.utf8(layer.getKey()));
                out.putInt(layer.getValue().length);
                Bytes.put(out, layer.getValue(), 0, layer.getValue().length);
            }
        }
    }

    static TimedOrders read(ByteBuffer in) {
        List<TimedOrder> orders = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            long time = in.getLong();
            String layer = Bytes.text(in);
            Map<String, float[]> state = new HashMap<>();
            for (int layers = in.getInt(); layers > 0; layers--) {
                String name = Bytes.text(in);
                state.put(name, Bytes.floats(in, in.getInt()));
            }
            orders.add(new TimedOrder(time, layer.isEmpty() ? null : layer, state));
        }
        return new TimedOrders(orders);
    }

    private static byte[] utf8Layer(TimedOrder order) {
        return order.layer() == null ? new byte[0] : Bytes.utf8(order.layer());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TimedOrders t && orders.equals(t.orders);
    }

    @Override
    public int hashCode() {
        return orders.hashCode();
    }

    @Override
    public String toString() {
        return orders.toString();
    }
}
