package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.learn.Window;

/**
 * A window with the state that it starts from, which can be learned from at any time, and again;
 * public so that Flink's serializer reaches it.
 *
 * @param key whose window it is
 * @param inputs {@code [T, I]}
 * @param labels {@code [T]}
 * @param weights {@code [T]}
 * @param start state before the first step {@code [S]}, as the weights made it that were served
 * @param rows time steps that it has, the rest being room
 */
@Internal
public record StartedWindow<K>(
        K key, float[] inputs, float[] labels, float[] weights, float[] start, int rows) {

    static <K> StartedWindow<K> of(K key, Window window, float[] start) {
        return new StartedWindow<>(
                key, window.inputs(), window.labels(), window.weights(), start, window.length());
    }

    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    static <K> TypeInformation<StartedWindow<K>> type(TypeInformation<K> key) {
        TypeInformation<?> floats = Types.PRIMITIVE_ARRAY(Types.FLOAT);
        return Types.POJO(
                (Class<StartedWindow<K>>) (Class<?>) StartedWindow.class,
                Map.of(
                        "key", key, "inputs", floats, "labels", floats, "weights", floats, "start",
                        floats, "rows", Types.INT));
    }

    /** What is learned from. */
    Window window() {
        return new Window(inputs, labels, weights, start, Window.NO_PREVIOUS, rows);
    }

    /** Whether it has {@code steps} time steps and starts from a state of so many floats. */
    boolean fits(int steps, int stateSize) {
        return labels.length == steps && start.length == stateSize;
    }

    /** Whether a step of it weighs anything. */
    boolean teaches() {
        for (float weight : weights) {
            if (weight > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StartedWindow<?> w
                && key.equals(w.key)
                && Arrays.equals(inputs, w.inputs)
                && Arrays.equals(labels, w.labels)
                && Arrays.equals(weights, w.weights)
                && Arrays.equals(start, w.start)
                && rows == w.rows;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(labels));
    }

    @Override
    public String toString() {
        return "StartedWindow[" + key + ", " + rows + " steps]";
    }
}
