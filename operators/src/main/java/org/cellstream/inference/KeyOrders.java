package org.cellstream.inference;

import java.io.IOException;
import java.util.Map;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.nn.Network;
import org.cellstream.nn.Precision;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.Resident;
import org.cellstream.state.ResidentMemories;
import org.cellstream.state.Rewinds;
import org.cellstream.state.StateOfLayers;
import org.cellstream.state.TimedOrder;
import org.cellstream.state.TimedOrders;
import org.jspecify.annotations.Nullable;

/** Carries out orders about one key, or keeps them in its memory until their time. */
final class KeyOrders<K> {

    private final ResidentMemories<K> residents;
    private final StateOfLayers layers;
    private final Precision precision;
    private final Rewinds rewinds;
    private final boolean goesOn;

    KeyOrders(ForecasterParts<K> parts, Network network) {
        this.residents = parts.residents();
        this.layers = new StateOfLayers(network);
        this.precision = parts.tools().precision();
        this.rewinds = parts.rewinds();
        this.goesOn = !parts.config().sequence().mode().isWindow() && !network.readsWholeWindows();
    }

    /** Why an order cannot be carried out; null if it can. */
    @Nullable Rejected refuse(Control<K> control) {
        String wrong =
                switch (control.action()) {
                    case RESET_LAYER -> wrongLayer(control);
                    case SEED ->
                            goesOn ? layers.wrongState(control.state()) : nothingGoesOn(control);
                    case REPORT, FORGET ->
                            control.time() == Control.AT_ONCE
                                    ? null
                                    : "%s has time %d; it holds at once, so it takes none"
                                            .formatted(control.action().text(), control.time());
                    case RESET -> wrongReset(control);
                    case FREEZE, PROMOTE, ROLLBACK ->
                            control.action().text() + " is about weights; it is for the trainer";
                };
        return wrong == null ? null : rejected(wrong, control);
    }

    /** Why an order about all keys cannot be carried out; null if it can. */
    @Nullable Rejected refuseForAll(Control<K> control) {
        String wrong = null;
        if (control.action() != Action.RESET && control.action() != Action.RESET_LAYER) {
            wrong =
                    "%s has no key; only reset and resetLayer are about all keys"
                            .formatted(control.action().text());
        } else if (control.time() == Control.AT_ONCE) {
            wrong =
                    "%s of all keys has no time; need the event time from which it holds"
                            .formatted(control.action().text());
        } else {
            wrong =
                    control.action() == Action.RESET_LAYER
                            ? wrongLayer(control)
                            : wrongReset(control);
        }
        return wrong == null ? null : rejected(wrong, control);
    }

    /**
     * Why an order about a key comes too late: its time has been passed; null if it has not. Moves
     * the current key.
     */
    @Nullable Rejected refusePassed(Event<K> event, Control<K> control) throws IOException {
        if (control.time() == Control.AT_ONCE) {
            return null;
        }
        KeyMemory memory = residents.of(event.key()).memory();
        return memory.step() == 0 || memory.lastTime() < control.time()
                ? null
                : rejected(
                        "%s holds from %d on; the last event of %s was at %d"
                                .formatted(
                                        control.action().text(),
                                        control.time(),
                                        event.key(),
                                        memory.lastTime()),
                        control);
    }

    private @Nullable String wrongLayer(Control<K> control) {
        return goesOn ? layers.wrongLayer(control.layer()) : nothingGoesOn(control);
    }

    private static String nothingGoesOn(Control<?> control) {
        return "%s is about a state that goes on; here every window or sequence is run from zeros"
                .formatted(control.action().text());
    }

    private static @Nullable String wrongReset(Control<?> control) {
        return control.layer() == null
                ? null
                : "reset has layer %s; it is of all layers, resetLayer is of one"
                        .formatted(control.layer());
    }

    private static Rejected rejected(String reason, Control<?> control) {
        return new Rejected(
                reason,
                Rejected.Cause.CONTROL,
                "control",
                control.action().text(),
                null,
                control.partition(),
                control.offset(),
                null);
    }

    /**
     * Carries out an order that is not refused.
     *
     * @return the report, if it asks for one
     */
    @Nullable StateReport<K> carryOut(Event<K> event, Control<K> control) throws IOException {
        if (control.action() == Action.FORGET) {
            residents.forget(event.key());
            return null;
        }
        Resident<K> resident = residents.of(event.key());
        if (control.action() == Action.REPORT) {
            return report(resident, control);
        }
        KeyMemory memory = resident.memory();
        if (control.time() == Control.AT_ONCE) {
            apply(control, memory);
        }
        if (control.time() != Control.AT_ONCE || control.action() != Action.RESET) {
            // What was set or reset at once is so again at the key's next event: else a gap or new
            // weights would undo it.
            keep(control, memory);
        }
        rewinds.startHere(memory);
        residents.changed(resident);
        return null;
    }

    private void apply(Control<K> control, KeyMemory memory) {
        String layer = control.layer();
        if (control.action() == Action.SEED) {
            layers.write(control.state(), memory.layers(), memory.at());
            precision.round(memory.layers(), memory.at(), memory.at() + memory.stateSize());
            memory.countFrom(Math.max(1, memory.stepsSinceReset()));
        } else if (control.action() == Action.RESET_LAYER && layer != null) {
            layers.reset(layer, memory.layers(), memory.at());
        } else {
            memory.reset();
            memory.dropOrders(Control.AT_ONCE);
        }
    }

    private static <K> void keep(Control<K> control, KeyMemory memory) {
        TimedOrders orders = memory.orders() == null ? new TimedOrders() : memory.orders();
        boolean seeds = control.action() == Action.SEED;
        Map<String, float[]> state = seeds ? control.state() : Map.of();
        orders.add(new TimedOrder(control.time(), seeds ? null : control.layer(), state));
        memory.keepOrders(orders);
    }

    private StateReport<K> report(Resident<K> resident, Control<K> order) {
        KeyMemory memory = resident.memory();
        return new StateReport<>(
                resident.key(),
                memory.lastTime(),
                memory.step(),
                memory.stepsSinceReset(),
                memory.weightsGeneration(),
                memory.weightsNumber(),
                order.partition(),
                order.offset(),
                layers.read(memory.layers(), memory.at()));
    }
}
