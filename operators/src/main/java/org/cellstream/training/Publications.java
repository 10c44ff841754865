package org.cellstream.training;

import org.cellstream.event.Scores;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.LearnerState;
import org.cellstream.state.MemoryShape;
import org.jspecify.annotations.Nullable;

/** Counts versions: decides the generation and the number of each publication. */
final class Publications {

    private final MemoryShape shape;
    private final long assembledGeneration;
    private final long generation;
    private long number;
    private long minibatches;
    private long openEpoch = TrainerSnapshot.NO_EPOCH;
    private long closedEpoch = TrainerSnapshot.NO_EPOCH;
    private boolean changed;

    /**
     * @param assembledGeneration the generation a trainer that starts fresh takes; also taken by
     *     one that a person restored, which is seen from a checkpoint of a job that was put
     *     together with another
     */
    Publications(MemoryShape shape, long assembledGeneration, @Nullable TrainerSnapshot restored) {
        this.shape = shape;
        this.assembledGeneration = assembledGeneration;
        if (restored == null) {
            this.generation = assembledGeneration;
            return;
        }
        // A topic that was made anew knows no generation: what was served before still counts.
        boolean sameJob = restored.assembledGeneration() == assembledGeneration;
        this.generation =
                sameJob
                        ? restored.generation()
                        : Math.max(assembledGeneration, restored.generation() + 1);
        this.number = restored.number();
        this.minibatches = restored.minibatches();
        this.openEpoch = restored.openEpoch();
        this.closedEpoch = restored.closedEpoch();
        this.changed = restored.changed();
    }

    /** Counts a minibatch, and whether it moved the weights. */
    void learned(boolean applied) {
        minibatches++;
        changed |= applied;
    }

    /** Minibatches since the last publication that changed the weights. */
    long minibatches() {
        return minibatches;
    }

    /** Whether weights were learned since then. */
    boolean hasChanged() {
        return changed;
    }

    /** The epoch whose publication is due next, or {@link TrainerSnapshot#NO_EPOCH}. */
    long openEpoch() {
        return openEpoch;
    }

    boolean hasOpenEpoch() {
        return openEpoch != TrainerSnapshot.NO_EPOCH;
    }

    /**
     * Whether an epoch comes after all that were opened: an event of an earlier one counts into the
     * epoch that is open.
     */
    boolean isAhead(long epoch) {
        return epoch > openEpoch && epoch > closedEpoch;
    }

    void openEpoch(long epoch) {
        openEpoch = epoch;
    }

    /** Closes the open epoch and says which it was. */
    long closeEpoch() {
        closedEpoch = openEpoch;
        openEpoch = TrainerSnapshot.NO_EPOCH;
        return closedEpoch;
    }

    /** The next publication, of new weights. */
    WeightUpdate next(long epoch, float[] weights, Scores scores) {
        changed = false;
        minibatches = 0;
        return new WeightUpdate(generation, ++number, network(), epoch, weights, scores);
    }

    /** The publication of an epoch after which the weights stay as they are. */
    WeightUpdate unchanged(long epoch, Scores scores) {
        return new WeightUpdate(generation, number, network(), epoch, new float[0], scores);
    }

    /** Generation of the publications. */
    long generation() {
        return generation;
    }

    /** Number of the last publication. */
    long number() {
        return number;
    }

    private String network() {
        return shape.network().toString();
    }

    TrainerSnapshot snapshot(LearnerState learner) {
        return new TrainerSnapshot(
                shape.describe(),
                learner.weights(),
                learner.optimiser().toString(),
                learner.firstMoment(),
                learner.secondMoment(),
                learner.steps(),
                assembledGeneration,
                generation,
                number,
                minibatches,
                openEpoch,
                closedEpoch,
                changed);
    }
}
