package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.learn.Window;
import org.cellstream.nn.Draws;

/**
 * Past windows to be learned from again. Once it is full, a new window takes the place of a random
 * one, so that a window's chance to be here falls exponentially with the windows that came after
 * it: recent ones are common, as after drift they have to be, and old ones do not vanish all at
 * once, as they would if the most recent were kept. Uniform sampling over the whole past would
 * never forget what the stream was like before it drifted.
 *
 * <p>All draws are hashes of the seed and of counts that are in the checkpoint.
 *
 * @see <a href="https://dl.acm.org/doi/10.5555/1182635.1164180">Aggarwal 2006</a>: the biased
 *     reservoir; here it fills up before anything is replaced
 * @see <a href="https://doi.org/10.1145/3147.3165">Vitter 1985</a>: the unbiased one
 */
final class Reservoir<K> {

    private final List<StartedWindow<K>> windows;
    private final int capacity;
    private final Draws places;
    private final Draws draws;
    private long added;

    /**
     * @param restored windows that are in it already; those beyond its capacity are left out
     * @param added windows that were added so far
     * @param capacity most windows
     */
    Reservoir(List<StartedWindow<K>> restored, long added, int capacity, long seed) {
        this.windows = new ArrayList<>(restored.subList(0, Math.min(restored.size(), capacity)));
        this.capacity = capacity;
        this.places = new Draws(seed, "reservoir");
        this.draws = new Draws(seed, "replay");
        this.added = added;
    }

    /** Adds a window, in the place of a random one if there is no room. */
    void add(StartedWindow<K> window) {
        if (windows.size() < capacity) {
            windows.add(window);
        } else {
            windows.set((int) (places.uniform(added) * capacity), window);
        }
        added++;
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /**
     * Draws windows, each independent of the others.
     *
     * @param minibatch number of the minibatch after which they are learned from
     * @param step which of its steps
     */
    List<Window> draw(int count, long minibatch, int step) {
        Draws ofStep = draws.at(minibatch).at(step);
        List<Window> drawn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            drawn.add(windows.get((int) (ofStep.uniform(i) * windows.size())).window());
        }
        return drawn;
    }

    /** Drops the windows of one key. */
    void forget(K key) {
        windows.removeIf(window -> window.key().equals(key));
    }

    /** Drops all windows. */
    void clear() {
        windows.clear();
    }

    /** Windows that were added so far. */
    long added() {
        return added;
    }

    /** All windows, in an order from which this object can be made again. */
    List<StartedWindow<K>> all() {
        return List.copyOf(windows);
    }
}
