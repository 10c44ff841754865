package org.cellstream.inference;

import java.util.Map;
import org.cellstream.event.Control;

/** Which orders the reference carries out. */
final class ReferenceOrders {

    private final ReferenceStep step;

    ReferenceOrders(ReferenceStep step) {
        this.step = step;
    }

    boolean allows(Control<String> control) {
        boolean timed = control.time() != Control.AT_ONCE;
        boolean ofOne = control.key() != null;
        return switch (control.action()) {
            case RESET -> (ofOne || timed) && control.layer() == null;
            case RESET_LAYER -> step.goesOn() && (ofOne || timed) && isLayer(control.layer());
            case SEED -> step.goesOn() && ofOne && isState(control.state());
            case REPORT, FORGET -> ofOne && !timed;
            case FREEZE, PROMOTE, ROLLBACK -> false;
        };
    }

    private boolean isLayer(String layer) {
        return layer != null && step.size(layer) > 0;
    }

    private boolean isState(Map<String, float[]> state) {
        if (state.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, float[]> layer : state.entrySet()) {
            float[] values = layer.getValue();
            if (!isLayer(layer.getKey()) || values.length != step.size(layer.getKey())) {
                return false;
            }
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
