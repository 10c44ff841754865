package org.cellstream.jobs.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** Makes orders of what was read, and says what is wrong with those that cannot be obeyed. */
final class OrderChecks {

    private static final List<Action> ACTIONS = List.of(Action.values());
    private static final List<String> NAMES = ACTIONS.stream().map(Action::text).toList();

    /**
     * The layers of which a key remembers something, by their names, bottom first: their places.
     */
    private final Map<String, Integer> layers = new LinkedHashMap<>();

    private final Network network;

    OrderChecks(Network network) {
        this.network = network;
        for (int i = 0; i < network.layers().size(); i++) {
            if (sizeOf(i) > 0) {
                layers.put(network.nameOf(i), i);
            }
        }
    }

    /**
     * The order.
     *
     * @param partition Kafka partition it was read from, or -1
     * @param offset Kafka offset it was read from, or -1
     */
    Control<String> order(OrderFields fields, int partition, long offset)
            throws BadRecordException {
        Action action = action(fields.control());
        checkKeyAndTime(action, fields);
        Long time = fields.time();
        return new Control<>(
                action,
                fields.key(),
                layer(action, fields.layer()),
                time == null ? Control.AT_ONCE : time,
                state(action, fields.state()),
                partition,
                offset);
    }

    private static Action action(@Nullable String name) throws BadRecordException {
        String allowed = "need one of " + String.join(", ", NAMES);
        if (name == null) {
            throw BadRecordException.order("control is missing; " + allowed, "control", null);
        }
        int index = NAMES.indexOf(name);
        if (index < 0) {
            String value = Texts.shown(name);
            throw BadRecordException.order(
                    "control is %s; %s%s"
                            .formatted(value, allowed, OrderFields.nearest(name, NAMES)),
                    "control",
                    value);
        }
        return ACTIONS.get(index);
    }

    private static void checkKeyAndTime(Action action, OrderFields fields)
            throws BadRecordException {
        boolean holdsFromATime = action != Action.REPORT && action != Action.FORGET;
        if (!holdsFromATime && fields.time() != null) {
            throw BadRecordException.order(
                    "time is %d; need none: %s is at once".formatted(fields.time(), action.text()),
                    "time",
                    Long.toString(fields.time()));
        }
        if (action.aboutWeights()) {
            checkNoKey(action, fields);
            return;
        }
        if (fields.key() != null) {
            return;
        }
        if (action != Action.RESET && action != Action.RESET_LAYER) {
            throw BadRecordException.order(
                    "key is missing; %s needs one: only reset and resetLayer know all keys"
                            .formatted(action.text()),
                    "key",
                    null);
        }
        if (fields.time() == null) {
            throw BadRecordException.order(
                    "key and time are missing; %s needs a key, or a time from which it holds for all keys"
                            .formatted(action.text()),
                    "key",
                    null);
        }
    }

    private static void checkNoKey(Action action, OrderFields fields) throws BadRecordException {
        if (fields.key() != null) {
            String value = Texts.shown(fields.key());
            throw BadRecordException.order(
                    "key is %s; need none: %s is about the weights, which all keys share"
                            .formatted(value, action.text()),
                    "key",
                    value);
        }
    }

    private @Nullable String layer(Action action, @Nullable String layer)
            throws BadRecordException {
        if (action != Action.RESET_LAYER) {
            if (layer != null) {
                String value = Texts.shown(layer);
                throw BadRecordException.order(
                        "layer is %s; need none: it is for resetLayer, and this is %s"
                                .formatted(value, action.text()),
                        "layer",
                        value);
            }
            return null;
        }
        if (layer == null) {
            throw BadRecordException.order(
                    "layer is missing; resetLayer needs one of " + layers(), "layer", null);
        }
        layer(layer, "layer");
        return layer;
    }

    /** Floats that a key remembers of a layer. */
    private int sizeOf(int layer) {
        return network.stateOffset(layer + 1) - network.stateOffset(layer);
    }

    private int layer(String name, String field) throws BadRecordException {
        Integer layer = layers.get(name);
        if (layer == null) {
            String value = Texts.shown(name);
            throw BadRecordException.order(
                    "layer %s has no state in this network; need one of %s"
                            .formatted(value, layers()),
                    field,
                    value);
        }
        return layer;
    }

    private String layers() {
        return layers.isEmpty() ? "none: its layers have none" : String.join(", ", layers.keySet());
    }

    private Map<String, float[]> state(Action action, @Nullable Map<String, float[]> state)
            throws BadRecordException {
        if (action != Action.SEED) {
            if (state != null) {
                throw BadRecordException.order(
                        "state is there; need none: it is for seed, and this is " + action.text(),
                        "state",
                        null);
            }
            return Map.of();
        }
        if (state == null || state.isEmpty()) {
            throw BadRecordException.order(
                    "state is %s; seed needs that of one layer or more, of %s"
                            .formatted(state == null ? "missing" : "empty", layers()),
                    "state",
                    null);
        }
        for (Map.Entry<String, float[]> one : state.entrySet()) {
            int layer = layer(one.getKey(), "state");
            if (one.getValue().length != sizeOf(layer)) {
                throw BadRecordException.order(
                        "state of %s has %d numbers; need %d: %s"
                                .formatted(
                                        one.getKey(),
                                        one.getValue().length,
                                        sizeOf(layer),
                                        network.stateText(layer)),
                        "state",
                        null);
            }
        }
        return state;
    }
}
