package org.cellstream.state;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A change of a key's state that holds from an event time on.
 *
 * @param time event time from which it holds, epoch milliseconds
 * @param layer name of the only layer that it resets; null if all, or if it sets a state
 * @param state what it sets, one array per layer by the layer's name; empty if it resets
 */
@Internal
public record TimedOrder(long time, @Nullable String layer, Map<String, float[]> state) {

    public TimedOrder {
        state = Map.copyOf(state);
    }

    /** Whether this order sets all that an earlier one of its kind and time has set. */
    boolean covers(TimedOrder earlier) {
        return state.isEmpty()
                ? earlier.state.isEmpty() && Objects.equals(layer, earlier.layer)
                : !earlier.state.isEmpty() && state.keySet().containsAll(earlier.state.keySet());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TimedOrder t
                && time == t.time
                && Objects.equals(layer, t.layer)
                && state.keySet().equals(t.state.keySet())
                && state.keySet().stream()
                        .allMatch(name -> Arrays.equals(state.get(name), t.state.get(name)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(time, layer, state.keySet());
    }

    @Override
    public String toString() {
        return "TimedOrder[from %d, %s %s]"
                .formatted(
                        time,
                        state.isEmpty() ? "reset" : "seed",
                        state.isEmpty() ? layer == null ? "all layers" : layer : state.keySet());
    }
}
