package org.cellstream.training;

import java.util.List;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Scores;
import org.cellstream.learn.Learner;
import org.cellstream.learn.LearnerState;
import org.cellstream.learn.MinibatchResult;
import org.cellstream.learn.TrialResult;
import org.cellstream.learn.Window;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Network;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of windows: weights are tried on them, then those that were chosen are learned from,
 * and what was learned may be published.
 */
final class Practice<K> implements AutoCloseable {

    private final Network network;
    private final Loss loss;
    private final Learner learner;
    private final Gate gate;
    private final DriftDetector drift;
    private final LabelWatch labels;
    private final Lessons<K> lessons;
    private final TrainingRate<K> rate;
    private final KeyHash<K> hash;
    private final TrainingMetrics metrics;
    private Rounds rounds;

    /** What a checkpoint held. */
    record Kept<K>(
            LearnerState learner, GateState gate, Watches watches, Lessons.Kept<K> lessons) {}

    /** What a checkpoint held of what is watched. */
    record Watches(DriftState drift, LabelState labels, Rounds rounds) {

        static final Watches NEW = new Watches(DriftState.NEW, LabelState.NEW, Rounds.NEW);
    }

    /** What a practice works with. */
    record Tools<K>(TrainingRate<K> rate, KeyHash<K> hash, TrainingMetrics metrics) {}

    Practice(Network network, TrainingConfig config, Kept<K> kept, Tools<K> tools) {
        LearningConfig learning =
                config.learning().window(config.windowSteps(network.readsWholeWindows()));
        this.network = network;
        this.loss = Loss.of(learning.loss());
        this.learner = new Learner(network, learning, kept.learner(), config.seed());
        this.gate =
                new Gate(
                        network,
                        learning,
                        config.practice().gate(),
                        config.practice().warmUp(),
                        kept.gate());
        this.drift = new DriftDetector(config.practice().driftBoost(), kept.watches().drift());
        this.rounds = kept.watches().rounds();
        boolean given = config.labels() == LabelSource.GIVEN;
        this.labels = new LabelWatch(given && config.practice().gate(), kept.watches().labels());
        this.lessons = new Lessons<>(config, kept.lessons());
        this.rate = tools.rate();
        this.hash = tools.hash();
        this.metrics = tools.metrics();
    }

    /**
     * How the weights that are served did on a minibatch.
     *
     * @param ends for each window the state that its key is in after it
     * @param error in units of that of repeating the last value; NaN if nothing was measured
     * @param drifts whether that says that the stream has changed
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one minibatch
    record Tried(float[][] ends, double error, boolean drifts) {}

    /**
     * Tries weights on windows, and keeps those to learn from that were chosen.
     *
     * @param memories those of the windows' keys
     */
    Tried tryOut(List<PendingWindow<K>> minibatch, List<KeyMemory> memories) {
        List<Window> windows =
                PendingWindows.learnable(minibatch, memories, loss, network.outputs());
        TrialResult served = judge(minibatch, windows);
        for (int i = 0; i < windows.size(); i++) {
            PendingWindow<K> pending = minibatch.get(i);
            if (!pending.passedOver()) {
                lessons.add(StartedWindow.of(pending.key(), windows.get(i), served.starts()[i]));
            }
        }
        double error = normalised(served);
        boolean drifts = drift.drifts(error);
        metrics.tried(gate.scores(null, rate.ratio(), drift.state().drifts()), gate.isFrozen());
        metrics.drift(drift.state().drifts(), drift.statistic());
        metrics.labels(labels.isHeld());
        return new Tried(served.ends(), error, drifts);
    }

    private TrialResult judge(List<PendingWindow<K>> minibatch, List<Window> windows) {
        float[] candidate = learner.weights();
        GateState.Errors errors = gate.tryOut(windows, candidate);
        rounds = rounds.after(minibatch.stream().mapToLong(w -> hash.of(w.key())).toArray());
        LabelWatch.Finding finding = labels.measure(errors);
        if (labels.believes()) {
            gate.judge(candidate, errors, rounds.hasEnded());
        } else {
            gate.passOver(candidate);
        }
        if (finding == LabelWatch.Finding.RECOVERED) {
            learner.restart(gate.startAgain());
        } else if (finding == LabelWatch.Finding.LEARNED) {
            lessons.clearReservoir();
        }
        if (gate.hasLost()) {
            learner.restart(gate.takeBack());
            metrics.tookBack();
        }
        return errors.published();
    }

    private static double normalised(TrialResult served) {
        if (served.weight() == 0) {
            return Double.NaN;
        }
        boolean classes = Double.isNaN(served.persistence());
        return served.error() / (classes ? served.weight() : served.persistence());
    }

    /** The mean error that a drift left behind. */
    double errorBefore() {
        return drift.before();
    }

    /** The test's statistic at the last error. */
    double driftStatistic() {
        return drift.statistic();
    }

    /** Whether enough windows wait to be learned from. */
    boolean fillMinibatch() {
        return lessons.fillMinibatch();
    }

    boolean hasLessons() {
        return !lessons.isEmpty();
    }

    /**
     * Learns from the oldest windows that wait, at most one minibatch of them.
     *
     * @return whether the weights moved
     */
    boolean learn() {
        long start = System.nanoTime();
        int size = lessons.next();
        MinibatchResult result =
                lessons.learn(learner, gate.caution() * drift.boost(), labels.believes());
        metrics.learned(size, result, System.nanoTime() - start);
        return result.applied();
    }

    /** Hears an order about weights; it is carried out by the next {@link #choose}. */
    void obey(Control.Action action) {
        gate.obey(action);
    }

    /**
     * What is to be published now; null for nothing.
     *
     * @param due whether it is time for learned weights
     * @param moved whether anything was learned since the last publication
     */
    Gate.@Nullable Choice choose(boolean due, boolean moved) {
        return gate.choose(due && labels.believes(), moved, learner.weights());
    }

    /** Scores of a choice, or of none. */
    Scores scores(Gate.@Nullable Choice choice) {
        return gate.scores(choice, rate.ratio(), drift.state().drifts());
    }

    /**
     * Notes that a choice was published. Where somebody asked to go back, what learns goes back
     * too; else it may still win. Who promotes what was learned believes what it was learned from.
     */
    void published(Gate.Choice choice) {
        gate.published(choice);
        if (choice.why() == Scores.Why.PROMOTED && labels.isHeld()) {
            labels.believe();
            lessons.clearReservoir();
        }
        if (choice.ordered() && choice.why() == Scores.Why.ROLLED_BACK) {
            learner.restart(choice.weights());
        }
    }

    /** Drops what is kept of one key. */
    void forget(K key) {
        lessons.forget(key);
    }

    /** All that this object remembers. */
    Kept<K> kept() {
        return new Kept<>(
                learner.state(),
                gate.state(),
                new Watches(drift.state(), labels.state(), rounds),
                lessons.kept());
    }

    @Override
    public void close() {
        learner.close();
    }
}
