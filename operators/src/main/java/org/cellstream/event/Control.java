package org.cellstream.event;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * An order about the memory of one key, or of all keys, to the forecaster; or about the weights
 * that are served, to the trainer.
 *
 * <p>With a {@link #time}, a key is reset or seeded at its first event at or after it, provided
 * that its last event was before it: the same in every subtask and in every replay. Without one, it
 * is at once. An order for all keys needs a time. One about weights is for no key; with a time it
 * holds from the trainer's first event at or after it.
 *
 * @param action what to do
 * @param key whose memory; null for all keys, which {@code RESET} and {@code RESET_LAYER} know, and
 *     for orders about weights
 * @param layer name of the layer that {@code RESET_LAYER} resets, as {@code lstm_1}; null otherwise
 * @param time event time from which it holds, epoch milliseconds, or {@link #AT_ONCE}
 * @param state what {@code SEED} sets: one array per layer by the layer's name, an LSTM's h, then
 *     its c; layers left out keep what they have. Empty otherwise.
 * @param partition Kafka partition it was read from, or -1
 * @param offset Kafka offset it was read from, or -1
 */
public record Control<K>(
        Action action,
        @Nullable K key,
        @Nullable String layer,
        long time,
        Map<String, float[]> state,
        int partition,
        long offset) {

    /** The time of an order that holds as soon as it arrives. */
    public static final long AT_ONCE = Long.MIN_VALUE;

    /** What is to be done. */
    public enum Action {
        /** Sets the state of every layer to zeros. */
        RESET("reset"),
        /** Sets the state of one layer to zeros. */
        RESET_LAYER("resetLayer"),
        /** Sets the state of the layers that are given. */
        SEED("seed"),
        /** Sends the state to the side output of reports. */
        REPORT("report"),
        /** Forgets the key, and whatever training kept of it. */
        FORGET("forget"),
        /** Lets no weights be published by themselves any more, until others are promoted. */
        FREEZE("freeze"),
        /** Publishes what was learned, whatever it scores, and ends a freeze. */
        PROMOTE("promote"),
        /** Publishes the last good weights before those that are served. */
        ROLLBACK("rollback");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        /** Whether it is about the weights that are served, and so for the trainer. */
        public boolean aboutWeights() {
            return this == FREEZE || this == PROMOTE || this == ROLLBACK;
        }

        /** The action's name on the topic and on the command line. */
        public String text() {
            return text;
        }
    }

    public Control {
        state = Map.copyOf(state);
    }

    /** Resets every layer of one key, at once. */
    public static <K> Control<K> reset(K key) {
        return of(Action.RESET, key);
    }

    /** Resets every layer of all keys from an event time on, epoch milliseconds. */
    public static <K> Control<K> resetAll(long time) {
        return new Control<>(Action.RESET, null, null, time, Map.of(), -1, -1);
    }

    /** Resets one layer of one key, at once. */
    public static <K> Control<K> resetLayer(K key, String layer) {
        return new Control<>(Action.RESET_LAYER, key, layer, AT_ONCE, Map.of(), -1, -1);
    }

    /** Sets the state of layers of one key, at once. */
    public static <K> Control<K> seed(K key, Map<String, float[]> state) {
        return new Control<>(Action.SEED, key, null, AT_ONCE, state, -1, -1);
    }

    /** Reports the state of one key. */
    public static <K> Control<K> report(K key) {
        return of(Action.REPORT, key);
    }

    /** Forgets one key. */
    public static <K> Control<K> forget(K key) {
        return of(Action.FORGET, key);
    }

    /**
     * An order about the weights that are served, at once.
     *
     * @throws IllegalArgumentException if it is about a memory
     */
    public static <K> Control<K> ofWeights(Action action) {
        if (!action.aboutWeights()) {
            throw new IllegalArgumentException(
                    action.text() + " is about a memory; need freeze, promote or rollback");
        }
        return new Control<>(action, null, null, AT_ONCE, Map.of(), -1, -1);
    }

    private static <K> Control<K> of(Action action, K key) {
        return new Control<>(action, key, null, AT_ONCE, Map.of(), -1, -1);
    }

    /** The same order, holding from an event time on. */
    public Control<K> from(long eventTime) {
        return new Control<>(action, key, layer, eventTime, state, partition, offset);
    }

    /** The Flink type of orders about keys of type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<Control<K>> type(TypeInformation<K> key) {
        return Types.POJO(
                (Class<Control<K>>) (Class<?>) Control.class,
                Map.of(
                        "action", Types.ENUM(Action.class),
                        "key", key,
                        "layer", Types.STRING,
                        "time", Types.LONG,
                        "state", Types.MAP(Types.STRING, Types.PRIMITIVE_ARRAY(Types.FLOAT)),
                        "partition", Types.INT,
                        "offset", Types.LONG));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Control<?> c
                && action == c.action
                && Objects.equals(key, c.key)
                && Objects.equals(layer, c.layer)
                && time == c.time
                && LayerStates.equal(state, c.state)
                && partition == c.partition
                && offset == c.offset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(action, key, layer, time, state.keySet());
    }

    @Override
    public String toString() {
        return "Control[%s of %s%s%s%s]"
                .formatted(
                        action.text(),
                        key != null ? key : action.aboutWeights() ? "the weights" : "all keys",
                        layer == null ? "" : ", layer " + layer,
                        time == AT_ONCE ? "" : ", from " + time,
                        state.isEmpty() ? "" : ", " + LayerStates.describe(state));
    }
}
