package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the trainer works.
 *
 * @param learning windows, minibatches and the optimiser
 * @param timing when new weights take effect
 * @param standardisation how columns are brought to one scale; the forecaster's own
 * @param sequence in which order a key's events are learned from, and when it starts anew; the
 *     forecaster's own
 * @param publishEvery minibatches between two publications that take effect at arrival
 * @param seed of what dropout drops
 * @param labels what is learned at an event
 * @param stride events of a key from one window to the next, where steps start in windows
 * @param missingTarget what becomes of an event without the target's field; the forecaster's own
 * @param practice replay, what may be published, and the rate of training
 */
public record TrainingConfig(
        LearningConfig learning,
        TimingConfig timing,
        StandardisationConfig standardisation,
        SequenceConfig sequence,
        int publishEvery,
        long seed,
        LabelSource labels,
        int stride,
        MissingTarget missingTarget,
        PracticeConfig practice)
        implements Serializable {

    public TrainingConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_PUBLISH_EVERY, publishEvery, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_STRIDE, stride, 1);
    }

    /**
     * With the target at a key's next event for a label, and windows that touch, each of them
     * learned from once.
     */
    @SuppressWarnings("checkstyle:ParameterNumber")
    public TrainingConfig(
            LearningConfig learning,
            TimingConfig timing,
            StandardisationConfig standardisation,
            SequenceConfig sequence,
            int publishEvery,
            long seed) {
        this(
                learning,
                timing,
                standardisation,
                sequence,
                publishEvery,
                seed,
                CellstreamOptions.TRAINING_LABELS.defaultValue(),
                CellstreamOptions.TRAINING_STRIDE.defaultValue(),
                CellstreamOptions.MISSING_TARGET.defaultValue(),
                PracticeConfig.plain());
    }

    /**
     * Checks that there is something to learn where learning is asked for.
     *
     * @throws IllegalArgumentException if only the end of a sequence is learned from, which no
     *     event of the sequence follows, and events bring no labels
     */
    public void checkLabels() {
        if (sequence.mode().output() == SequenceOutput.END && labels == LabelSource.NEXT_EVENT) {
            throw new IllegalArgumentException(
                    "%s is %s; where %s is end there is no next event of the sequence, so need given"
                            .formatted(
                                    CellstreamOptions.TRAINING_LABELS.key(),
                                    labels,
                                    CellstreamOptions.SEQUENCE_OUTPUT.key()));
        }
    }

    /**
     * Time steps of a window.
     *
     * @param readsWholeWindows whether the network needs all steps of a sequence at once
     */
    public int windowSteps(boolean readsWholeWindows) {
        ModeConfig mode = sequence.mode();
        if (mode.isWindow()) {
            return mode.window();
        }
        return mode.isSequence() && readsWholeWindows ? mode.maxSteps() : learning.window();
    }

    /** The same with something else becoming of events without the target's field. */
    public TrainingConfig missingTarget(MissingTarget other) {
        return new TrainingConfig(
                learning,
                timing,
                standardisation,
                sequence,
                publishEvery,
                seed,
                labels,
                stride,
                other,
                practice);
    }

    /** The same practising in another way. */
    public TrainingConfig practice(PracticeConfig other) {
        return new TrainingConfig(
                learning,
                timing,
                standardisation,
                sequence,
                publishEvery,
                seed,
                labels,
                stride,
                missingTarget,
                other);
    }

    /** Whether events wait for the watermark, to be learned from in the order of their times. */
    public boolean holdsEvents() {
        return timing.byEventTime() || sequence.order() == EventOrder.EVENT_TIME;
    }

    public static TrainingConfig from(ReadableConfig options) {
        TimingConfig timing = TimingConfig.from(options);
        return new TrainingConfig(
                LearningConfig.from(options),
                timing,
                StandardisationConfig.from(options),
                SequenceConfig.from(options),
                options.get(CellstreamOptions.TRAINING_PUBLISH_EVERY),
                options.get(CellstreamOptions.SEED),
                options.get(CellstreamOptions.TRAINING_LABELS),
                options.get(CellstreamOptions.TRAINING_STRIDE),
                options.get(CellstreamOptions.MISSING_TARGET),
                PracticeConfig.from(options, timing));
    }
}
