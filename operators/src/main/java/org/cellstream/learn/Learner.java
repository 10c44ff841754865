package org.cellstream.learn;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Learns a network's weights from minibatches of windows: truncated backpropagation through time,
 * by the configured loss and optimiser. The same minibatches from the same state give the same bits
 * on the same model of CPU, if the environment has {@code OMP_NUM_THREADS=1}.
 *
 * <p>Belongs to one thread. Holds memory outside the Java heap until it is closed.
 */
public final class Learner implements AutoCloseable {

    private static final String THREADS = "OMP_NUM_THREADS";
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final Network network;
    private final LearningConfig config;
    private final Loss loss;
    private final long seed;
    private final ParameterMatrices parameters;
    private final Optimiser optimiser;
    private final Stepper stepper;
    private final Map<Integer, WaveRunner> runnersByRows = new TreeMap<>();
    private boolean closed;

    /** Goes on from {@code state}; what dropout drops is drawn with a seed of 0. */
    public Learner(Network network, LearningConfig config, LearnerState state) {
        this(network, config, state, 0);
    }

    /**
     * Goes on from {@code state}. If another optimiser made it, its weights stay, and moments and
     * steps start afresh, which the log says.
     *
     * @param seed of what dropout drops
     * @throws IllegalArgumentException if the network has no layers or not the outputs that the
     *     loss needs, or the state is of another one
     */
    public Learner(Network network, LearningConfig config, LearnerState state, long seed) {
        if (network.layers().isEmpty()) {
            throw new IllegalArgumentException("network has no layers; need at least 1 to learn");
        }
        if (state.weights().length != network.parameters().size()) {
            throw new IllegalArgumentException(
                    "state has %d weights; %s takes %d"
                            .formatted(
                                    state.weights().length, network, network.parameters().size()));
        }
        warnOfThreads();
        this.network = network;
        this.config = config;
        this.loss = Loss.of(config.loss());
        loss.labels(network.outputs());
        this.seed = seed;
        this.parameters = new ParameterMatrices(network, DataType.FLOAT);
        this.optimiser = new Optimiser(parameters, config.optimiser());
        this.stepper = new Stepper(network, Kernels.best(), config.minibatch());
        tellOfOptimiser(state);
        load(state);
    }

    private void tellOfOptimiser(LearnerState state) {
        OptimiserConfig.Kind kind = config.optimiser().method().kind();
        if (state.steps() > 0 && state.optimiser() != kind) {
            System.getLogger(Learner.class.getName())
                    .log(
                            Level.WARNING,
                            "{0} learned the weights so far, in {1} steps; {2} goes on from them"
                                    + " with moments and schedule afresh",
                            state.optimiser(),
                            state.steps(),
                            kind);
        }
    }

    private static void warnOfThreads() {
        String threads = System.getenv(THREADS);
        if (!"1".equals(threads) && WARNED.compareAndSet(false, true)) {
            System.getLogger(Learner.class.getName())
                    .log(
                            Level.WARNING,
                            "{0} is {1}; set it to 1, else two runs may learn weights that differ"
                                    + " in their last bits",
                            THREADS,
                            threads == null ? "not set" : threads);
        }
    }

    /**
     * Takes the configured number of optimiser steps on these windows, or none: a step whose loss
     * or norm is not finite undoes those before it.
     *
     * @param windows 1 to {@code config.minibatch()} windows of {@code config.window()} steps
     * @throws IllegalArgumentException if a window has another shape or does not come after the one
     *     it follows
     * @throws IllegalStateException if this learner is closed
     */
    public MinibatchResult learn(List<Window> windows) {
        return learn(windows, List.of(), 1);
    }

    /**
     * The same, with a step on each of {@code past} among them, evenly spread, so that what is new
     * does not pull the weights its own way first.
     *
     * @param windows as of {@link #learn(List)}
     * @param past minibatches of windows that were learned from before; one that weighs nothing is
     *     passed over
     * @param rate what the learning rate is multiplied by, above 0
     * @throws IllegalArgumentException as of {@link #learn(List)}
     * @throws IllegalStateException if this learner is closed
     */
    public MinibatchResult learn(List<Window> windows, List<List<Window>> past, double rate) {
        checkOpen();
        Minibatch minibatch = Minibatch.of(windows, network, config);
        List<Minibatch> again =
                past.stream()
                        .map(drawn -> Minibatch.of(drawn, network, config))
                        .filter(drawn -> drawn.normaliser() > 0)
                        .toList();
        int fresh = config.stepsPerMinibatch();
        int steps = fresh + again.size();
        LearnerState before = steps > 1 ? state() : null;
        optimiser.rate(rate);
        MinibatchResult first = step(minibatch);
        if (before == null || !first.applied()) {
            return first;
        }
        int taken = 1;
        for (int i = 1; i < steps; i++) {
            boolean isFresh = (long) (i + 1) * fresh / steps > taken || i - taken >= again.size();
            if (!step(isFresh ? minibatch : again.get(i - taken)).applied()) {
                load(before);
                return first.notApplied();
            }
            taken += isFresh ? 1 : 0;
        }
        return first;
    }

    /**
     * Goes back to these weights, with moments and schedule afresh.
     *
     * @throws IllegalStateException if this learner is closed
     */
    public void restart(float[] weights) {
        checkOpen();
        load(LearnerState.fresh(new Weights(network, weights)));
    }

    /**
     * All that this learner remembers.
     *
     * @throws IllegalStateException if this learner is closed
     */
    public LearnerState state() {
        checkOpen();
        return optimiser.state();
    }

    /**
     * A copy of the weights {@code [P]}, in the order of the network's parameters.
     *
     * @throws IllegalStateException if this learner is closed
     */
    public float[] weights() {
        checkOpen();
        float[] weights = new float[network.parameters().size()];
        parameters.weights().copyTo(0, weights);
        return weights;
    }

    private void load(LearnerState state) {
        optimiser.load(state);
        stepper.load(new Weights(network, weights()));
    }

    private MinibatchResult step(Minibatch minibatch) {
        float[][] ends = new float[minibatch.windows().size()][];
        parameters.gradient().fill(0);
        double sum = 0;
        for (List<Integer> wave : minibatch.waves()) {
            WaveRunner runner = runner(wave.size());
            runner.drop(seed, optimiser.steps(), wave);
            sum += runner.run(minibatch, wave, ends, stepper);
        }
        double normaliser = minibatch.normaliser();
        double mean = normaliser == 0 ? 0 : sum / normaliser;
        double norm = optimiser.gradientNorm();
        boolean applied = normaliser > 0 && Double.isFinite(mean) && Double.isFinite(norm);
        if (applied) {
            optimiser.step(norm);
            stepper.load(new Weights(network, weights()));
        }
        return new MinibatchResult(mean, norm, ends, applied);
    }

    /** A runner for at least {@code size} windows; rounded up, so that there are few of them. */
    private WaveRunner runner(int size) {
        return runnersByRows.computeIfAbsent(
                config.roomFor(size),
                rows -> new WaveRunner(network, loss, config.window(), rows, parameters));
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this learner is closed");
        }
    }

    /** Gives back the memory outside the heap. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            runnersByRows.values().forEach(WaveRunner::close);
            optimiser.close();
            parameters.close();
        }
    }
}
