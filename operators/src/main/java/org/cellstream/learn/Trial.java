package org.cellstream.learn;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cellstream.config.LearningConfig;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;

/**
 * Runs windows forward under given weights, and says how far the forecasts were from the labels.
 * Nothing is learned, and nothing is dropped. The same windows and weights give the same bits on
 * any machine.
 *
 * <p>Belongs to one thread.
 */
public final class Trial {

    private final Network network;
    private final LearningConfig config;
    private final Loss loss;
    private final Stepper stepper;
    private final Map<Integer, WaveRows> roomByRows = new TreeMap<>();
    private final double[] outputs;
    private final double[] slope;

    /**
     * @param config of the learner whose windows they are
     */
    public Trial(Network network, LearningConfig config) {
        this.network = network;
        this.config = config;
        this.loss = Loss.of(config.loss());
        this.stepper = new Stepper(network, Kernels.best(), config.minibatch());
        this.outputs = new double[network.outputs()];
        this.slope = new double[network.outputs()];
    }

    /** Tries these weights from now on; they are copied. */
    public void load(float[] weights) {
        stepper.load(new Weights(network, weights));
    }

    /**
     * Runs windows.
     *
     * @param windows as {@link Learner#learn} takes them
     * @throws IllegalArgumentException as of {@link Learner#learn}
     */
    public TrialResult run(List<Window> windows) {
        Minibatch minibatch = Minibatch.of(windows, network, config);
        float[][] ends = new float[windows.size()][];
        Sums sums = new Sums();
        for (List<Integer> wave : minibatch.waves()) {
            WaveRows rows = rows(wave.size());
            rows.forward(minibatch, wave, ends, stepper);
            measure(rows, sums);
        }
        float[][] starts = new float[windows.size()][];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = WaveRows.start(windows.get(i), ends);
        }
        return new TrialResult(
                sums.error, sums.persistence, sums.weight, sums.samples, starts, ends);
    }

    /** Sums over time steps, in their order. */
    private static final class Sums {
        private double error;
        private double persistence;
        private double weight;
        private long samples;
    }

    private void measure(WaveRows rows, Sums sums) {
        float[] all = rows.kept().outputs();
        float[] labels = rows.targets().labels();
        float[] weights = rows.targets().weights();
        int width = outputs.length;
        int perRow = loss.labels(width);
        boolean change = loss.target() == Loss.Target.CHANGE;
        for (int n = 0; n < weights.length; n++) {
            if (weights[n] == 0) {
                continue;
            }
            for (int k = 0; k < width; k++) {
                outputs[k] = all[n * width + k];
            }
            double error =
                    change
                            ? Math.abs(loss.point(loss.values(outputs)) - labels[n * perRow])
                            : loss.row(outputs, labels, n * perRow, slope);
            sums.error += weights[n] * error;
            sums.persistence += change ? weights[n] * Math.abs(labels[n * perRow]) : Double.NaN;
            sums.weight += weights[n];
            sums.samples++;
        }
    }

    /** Room for at least {@code size} windows; rounded up, so that there is few of it. */
    private WaveRows rows(int size) {
        return roomByRows.computeIfAbsent(
                config.roomFor(size), r -> new WaveRows(network, loss, config.window(), r));
    }
}
