package org.cellstream.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.learn.Window;
import org.cellstream.loss.Loss;
import org.cellstream.state.KeyMemory;

/** Windows that wait for their minibatch, the oldest first. */
final class PendingWindows<K> {

    private final List<PendingWindow<K>> windows;
    private final int minibatch;
    private final boolean rounds;
    private final Set<K> keys = new HashSet<>();

    /**
     * @param restored windows that wait already
     * @param minibatch most windows of a minibatch
     * @param rounds whether it is full, too, with two windows for each of its keys
     */
    PendingWindows(List<PendingWindow<K>> restored, int minibatch, boolean rounds) {
        this.windows = new ArrayList<>(restored);
        this.minibatch = minibatch;
        this.rounds = rounds;
        countKeys();
    }

    private void countKeys() {
        keys.clear();
        windows.forEach(window -> keys.add(window.key()));
    }

    void add(PendingWindow<K> window) {
        windows.add(window);
        keys.add(window.key());
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether a minibatch is full. */
    boolean fillMinibatch() {
        return windows.size() >= minibatch
                || (rounds && !windows.isEmpty() && windows.size() >= 2 * keys.size());
    }

    /** The oldest windows, at most one minibatch of them. */
    List<PendingWindow<K>> oldest() {
        return List.copyOf(windows.subList(0, Math.min(windows.size(), minibatch)));
    }

    /** Drops as many of the oldest windows: they were learned from. */
    void drop(int learned) {
        windows.subList(0, learned).clear();
        countKeys();
    }

    /** Whether a window of a key waits. */
    boolean isWaitingFor(K key) {
        return keys.contains(key);
    }

    /** Drops the windows of one key. */
    void forget(K key) {
        windows.removeIf(window -> window.key().equals(key));
        keys.remove(key);
    }

    /** All windows that wait. */
    List<PendingWindow<K>> all() {
        return List.copyOf(windows);
    }

    /**
     * What is learned from windows: each starts where its key's window before it ended, in the
     * minibatch or, as the key's memory has it, before; or from zeros. Labels that the loss does
     * not know, which were cut for another one before the job was restored, weigh nothing.
     *
     * @param memories those of the windows' keys
     * @param outputs of the network
     */
    static <K> List<Window> learnable(
            List<PendingWindow<K>> minibatch, List<KeyMemory> memories, Loss loss, int outputs) {
        Map<K, Integer> lastOf = new HashMap<>();
        List<Window> learnable = new ArrayList<>();
        for (int i = 0; i < minibatch.size(); i++) {
            PendingWindow<K> window = minibatch.get(i);
            KeyMemory memory = memories.get(i);
            int previous =
                    window.anew()
                            ? Window.NO_PREVIOUS
                            : lastOf.getOrDefault(window.key(), Window.NO_PREVIOUS);
            lastOf.put(window.key(), i);
            learnable.add(
                    new Window(
                            window.inputs(),
                            window.labels(),
                            weights(window, loss, outputs),
                            window.anew() ? new float[memory.stateSize()] : memory.state(),
                            previous,
                            window.length()));
        }
        return learnable;
    }

    private static float[] weights(PendingWindow<?> window, Loss loss, int outputs) {
        float[] weights = window.weights().clone();
        for (int t = 0; t < weights.length; t++) {
            if (!loss.accepts(window.labels()[t], outputs) || !Float.isFinite(weights[t])) {
                weights[t] = 0;
            }
        }
        return weights;
    }
}
