package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.TrainingConfig;
import org.cellstream.learn.Learner;
import org.cellstream.learn.MinibatchResult;
import org.cellstream.learn.Window;

/**
 * Windows that were chosen to be learned from: new ones that wait until they fill a minibatch, and
 * past ones in a reservoir, from which minibatches are drawn beside each new one.
 */
final class Lessons<K> {

    private final int minibatch;
    private final boolean rounds;
    private final int replaySteps;
    private final List<StartedWindow<K>> waiting;
    private final Reservoir<K> reservoir;
    private long learned;

    /** What a checkpoint held: windows that wait, those of the reservoir, and counts. */
    record Kept<K>(
            List<StartedWindow<K>> waiting,
            List<StartedWindow<K>> reservoir,
            long added,
            long minibatches) {}

    Lessons(TrainingConfig config, Kept<K> kept) {
        this.minibatch = config.learning().minibatch();
        this.rounds = config.practice().rounds();
        this.replaySteps = config.practice().replaySteps();
        this.waiting = new ArrayList<>(kept.waiting());
        this.reservoir =
                new Reservoir<>(
                        replaySteps == 0 ? List.of() : kept.reservoir(),
                        kept.added(),
                        config.practice().reservoir(),
                        config.seed());
        this.learned = kept.minibatches();
    }

    void add(StartedWindow<K> window) {
        waiting.add(window);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether enough wait: of a round of all keys, whatever of it was chosen. */
    boolean fillMinibatch() {
        return waiting.size() >= (rounds ? 1 : minibatch);
    }

    /** Windows that the next {@link #learn} takes. */
    int next() {
        return Math.min(waiting.size(), minibatch);
    }

    /**
     * Learns from the oldest windows that wait, at most one minibatch of them, and again from past
     * ones; then the new ones are past too.
     *
     * @param rate what the learning rate is multiplied by
     * @param believed whether their labels are believed; else they are learned from alone, and kept
     *     out of the reservoir
     */
    MinibatchResult learn(Learner learner, double rate, boolean believed) {
        List<StartedWindow<K>> oldest = waiting.subList(0, next());
        List<List<Window>> past = new ArrayList<>();
        int again = believed && !reservoir.isEmpty() ? replaySteps : 0;
        for (int step = 0; step < again; step++) {
            past.add(reservoir.draw(rounds ? oldest.size() : minibatch, learned, step));
        }
        MinibatchResult result =
                learner.learn(oldest.stream().map(StartedWindow::window).toList(), past, rate);
        if (replaySteps > 0 && believed) {
            oldest.stream().filter(StartedWindow::teaches).forEach(reservoir::add);
        }
        oldest.clear();
        learned++;
        return result;
    }

    /** Drops the windows of one key. */
    void forget(K key) {
        waiting.removeIf(window -> window.key().equals(key));
        reservoir.forget(key);
    }

    /** Drops the windows of the reservoir: they are of what is no more. */
    void clearReservoir() {
        reservoir.clear();
    }

    /** All that this object remembers. */
    Kept<K> kept() {
        return new Kept<>(List.copyOf(waiting), reservoir.all(), reservoir.added(), learned);
    }
}
