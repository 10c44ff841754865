package org.cellstream.learn;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.nn.Network;

/**
 * Checked windows, and the order in which they can run.
 *
 * @param windows in the order in which they came
 * @param waves indices of windows: first those without predecessor, then those that follow them,
 *     and so on; within a wave in their order
 * @param normaliser sum of the weights of all steps, times outputs
 */
record Minibatch(List<Window> windows, List<List<Integer>> waves, double normaliser) {

    /**
     * Checks these windows.
     *
     * @throws IllegalArgumentException if there are none or too many, or one has another shape or
     *     does not come after the one it follows
     */
    static Minibatch of(List<Window> windows, Network network, LearningConfig config) {
        if (windows.isEmpty() || windows.size() > config.minibatch()) {
            throw new IllegalArgumentException(
                    "minibatch has %d windows; need 1 to %d"
                            .formatted(windows.size(), config.minibatch()));
        }
        double normaliser = 0;
        for (int w = 0; w < windows.size(); w++) {
            check(w, windows.get(w), network, config.window());
            for (float weight : windows.get(w).weights()) {
                normaliser += (double) weight * network.outputs();
            }
        }
        return new Minibatch(List.copyOf(windows), waves(windows), normaliser);
    }

    private static void check(int w, Window window, Network network, int steps) {
        checkShape(w, "inputs", window.inputs(), steps, network.inputs());
        checkShape(w, "labels", window.labels(), steps, network.outputs());
        checkShape(w, "weights", window.weights(), steps, 1);
        if (window.previous() == Window.NO_PREVIOUS) {
            checkShape(w, "start", window.start(), 1, network.stateSize());
        } else if (window.previous() >= w) {
            throw new IllegalArgumentException(
                    "previous of window %d is %d; need the index of an earlier window, or -1"
                            .formatted(w, window.previous()));
        }
    }

    private static void checkShape(int w, String name, float[] values, int rows, int columns) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    "%s of window %d has %d floats; need [%d, %d]"
                            .formatted(name, w, values.length, rows, columns));
        }
    }

    private static List<List<Integer>> waves(List<Window> windows) {
        List<List<Integer>> waves = new ArrayList<>();
        int[] depths = new int[windows.size()];
        for (int w = 0; w < depths.length; w++) {
            int previous = windows.get(w).previous();
            depths[w] = previous == Window.NO_PREVIOUS ? 0 : depths[previous] + 1;
            if (depths[w] == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(depths[w]).add(w);
        }
        return waves;
    }
}
