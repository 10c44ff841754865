package org.cellstream.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cellstream.event.Control;

/** Orders about weights that hold from an event time on, in the order in which they came. */
final class WeightOrders<K> {

    private final List<Control<K>> waiting;

    WeightOrders(List<Control<K>> restored) {
        this.waiting = new ArrayList<>(restored);
    }

    void add(Control<K> order) {
        waiting.add(order);
    }

    /**
     * Removes and returns the orders that hold at an event time, epoch milliseconds: the one with
     * the earliest time first.
     */
    List<Control<K>> due(long time) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Control<K>> due = new ArrayList<>();
        for (Control<K> order : waiting) {
            if (order.time() <= time) {
                due.add(order);
            }
        }
        waiting.removeAll(due);
        due.sort(Comparator.comparingLong(Control::time)); // a stable sort
        return due;
    }

    /** All orders that wait. */
    List<Control<K>> all() {
        return List.copyOf(waiting);
    }
}
