package org.cellstream.model;

import java.util.HashMap;
import java.util.Map;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network over rows of many keys, one row a time step, each key with its own state from
 * zeros: what the forecasting operator does, without Flink. A step that is not finite changes
 * nothing. One thread.
 */
public final class KeyedRunner {

    private final Network network;
    private final Stepper stepper;
    private final Map<String, float[]> states = new HashMap<>();
    private float[] next;

    public KeyedRunner(Weights weights) {
        network = weights.network();
        stepper = new Stepper(network, Kernels.best(), 1);
        stepper.load(weights);
        next = new float[network.stateSize()];
    }

    /** The key's next step starts from zeros. */
    public void reset(String key) {
        states.remove(key);
    }

    /**
     * One time step of a key.
     *
     * @param x inputs {@code [network.inputs()]}, read
     * @return outputs {@code [network.outputs()]}, the caller's own; null if the step is not
     *     finite, after which the key is as before it
     */
    public float @Nullable [] step(String key, float[] x) {
        float[] before = states.get(key);
        if (before == null) {
            before = new float[network.stateSize()];
        }
        float[] y = new float[network.outputs()];
        stepper.step(1, x, before, next, y);
        if (!isFinite(next) || !isFinite(y)) {
            return null;
        }
        states.put(key, next);
        next = before;
        return y;
    }

    static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** A copy of what a key remembers {@code [network.stateSize()]}: zeros if it is not known. */
    public float[] state(String key) {
        float[] state = states.get(key);
        return state == null ? new float[network.stateSize()] : state.clone();
    }
}
