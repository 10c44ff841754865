package org.cellstream.learn;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Network;

/**
 * Checked windows, and the order in which they can run.
 *
 * @param windows in the order in which they came
 * @param waves indices of windows: first those without predecessor, then those that follow them,
 *     and so on; within a wave in their order
 * @param normaliser sum of the weights of all steps, times labels of a step
 */
record Minibatch(List<Window> windows, List<List<Integer>> waves, double normaliser) {

    /**
     * Checks these windows.
     *
     * @throws IllegalArgumentException if there are none or too many, or one has another shape, a
     *     label that the loss does not know, or does not come after the one it follows
     */
    static Minibatch of(List<Window> windows, Network network, LearningConfig config) {
        Loss loss = Loss.of(config.loss());
        int labels = loss.labels(network.outputs());
        if (windows.isEmpty() || windows.size() > config.minibatch()) {
            throw new IllegalArgumentException(
                    "minibatch has %d windows; need 1 to %d"
                            .formatted(windows.size(), config.minibatch()));
        }
        double normaliser = 0;
        for (int w = 0; w < windows.size(); w++) {
            checkShapes(w, windows.get(w), network, config);
            checkLabels(w, windows.get(w), loss, network.outputs());
            for (float weight : windows.get(w).weights()) {
                normaliser += (double) weight * labels;
            }
        }
        return new Minibatch(List.copyOf(windows), waves(windows), normaliser);
    }

    private static void checkShapes(int w, Window window, Network network, LearningConfig config) {
        int steps = config.window();
        int labels = Loss.of(config.loss()).labels(network.outputs());
        checkShape(w, "inputs", window.inputs(), steps, network.inputs());
        checkShape(w, "labels", window.labels(), steps, labels);
        checkShape(w, "weights", window.weights(), steps, 1);
        if (window.previous() == Window.NO_PREVIOUS) {
            checkShape(w, "start", window.start(), 1, network.stateSize());
        } else if (window.previous() >= w) {
            throw new IllegalArgumentException(
                    "previous of window %d is %d; need the index of an earlier window, or -1"
                            .formatted(w, window.previous()));
        }
    }

    private static void checkLabels(int w, Window window, Loss loss, int outputs) {
        int labels = loss.labels(outputs);
        for (int t = 0; t < window.weights().length; t++) {
            for (int k = t * labels; k < (t + 1) * labels && window.weights()[t] > 0; k++) {
                // A label that is not finite makes the loss so, and then nothing is learned.
                if (Float.isFinite(window.labels()[k])
                        && !loss.accepts(window.labels()[k], outputs)) {
                    throw new IllegalArgumentException(
                            "label of step %d of window %d is %s; %s over %d outputs has none such"
                                    .formatted(t, w, window.labels()[k], loss, outputs));
                }
            }
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
