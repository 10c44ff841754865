package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.state.OpenWindow;

/**
 * A window that waits for its minibatch; public so that Flink's serializer reaches it.
 *
 * @param key whose window it is
 * @param inputs {@code [T, I]}
 * @param labels {@code [T]}
 * @param weights {@code [T]}
 * @param anew whether it starts from zeros, not where its key's window before it ended; a state
 *     written before this was known says no
 * @param rows time steps that it has, the rest being room; 0 for T, as a state says that was
 *     written before this was known
 * @param passedOver whether it is not learned from, but tried only; a state written before there
 *     was a choice says no
 */
@Internal
public record PendingWindow<K>(
        K key,
        float[] inputs,
        float[] labels,
        float[] weights,
        boolean anew,
        int rows,
        boolean passedOver) {

    static <K> PendingWindow<K> of(K key, WindowCutter.Ended ended, boolean passedOver) {
        OpenWindow window = ended.window();
        return new PendingWindow<>(
                key,
                window.inputs(),
                window.labels(),
                window.weights(),
                ended.anew(),
                window.rows(),
                passedOver);
    }

    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    static <K> TypeInformation<PendingWindow<K>> type(TypeInformation<K> key) {
        TypeInformation<?> floats = Types.PRIMITIVE_ARRAY(Types.FLOAT);
        return Types.POJO(
                (Class<PendingWindow<K>>) (Class<?>) PendingWindow.class,
                Map.of(
                        "key",
                        key,
                        "inputs",
                        floats,
                        "labels",
                        floats,
                        "weights",
                        floats,
                        "anew",
                        Types.BOOLEAN,
                        "rows",
                        Types.INT,
                        "passedOver",
                        Types.BOOLEAN));
    }

    /** Time steps that it has. */
    int length() {
        return rows == 0 ? labels.length : rows;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PendingWindow<?> w
                && key.equals(w.key)
                && Arrays.equals(inputs, w.inputs)
                && Arrays.equals(labels, w.labels)
                && Arrays.equals(weights, w.weights)
                && anew == w.anew
                && rows == w.rows
                && passedOver == w.passedOver;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(labels));
    }

    @Override
    public String toString() {
        return "PendingWindow[" + key + ", " + length() + " steps" + (anew ? " from zeros]" : "]");
    }
}
