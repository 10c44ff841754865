package org.cellstream.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.ScheduleConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;

/**
 * How a {@link TestingTrainer} is set up; the defaults are windows of four steps and minibatches of
 * three windows.
 */
record TrainerSetup(
        String network,
        String columns,
        TimingConfig timing,
        int publishEvery,
        long generation,
        boolean rocksDb,
        int minibatch,
        SequenceConfig sequence,
        String optimiser,
        LabelSource labels,
        int stride) {

    static final int WINDOW = 4;
    static final int MINIBATCH = 3;

    static TrainerSetup atArrival() {
        return new TrainerSetup(
                "lstm(4) dense(1)",
                "value",
                TimingConfig.atArrival(),
                1,
                1,
                false,
                MINIBATCH,
                SequenceConfig.plain(),
                "adam",
                LabelSource.NEXT_EVENT,
                1);
    }

    /** Epochs of ten milliseconds. */
    static TrainerSetup byEpoch() {
        TimingConfig epochs = TimingConfig.byEpoch(Duration.ofMillis(10));
        return new TrainerSetup(
                "lstm(4) dense(1)",
                "value",
                epochs,
                1,
                1,
                false,
                MINIBATCH,
                SequenceConfig.plain(),
                "adam",
                LabelSource.NEXT_EVENT,
                1);
    }

    TrainerSetup onRocksDb() {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                true,
                minibatch,
                sequence,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup generation(long other) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                other,
                rocksDb,
                minibatch,
                sequence,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup network(String other) {
        return new TrainerSetup(
                other,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                sequence,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup publishEvery(int minibatches) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                minibatches,
                generation,
                rocksDb,
                minibatch,
                sequence,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup minibatch(int windows) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                windows,
                sequence,
                optimiser,
                labels,
                stride);
    }

    /** Other columns, among them the target {@code value}. */
    TrainerSetup columns(String other) {
        return new TrainerSetup(
                network,
                other,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                sequence,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup sequence(SequenceConfig other) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                other,
                optimiser,
                labels,
                stride);
    }

    TrainerSetup optimiser(String other) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                sequence,
                other,
                labels,
                stride);
    }

    /** Learning from labels that events bring. */
    TrainerSetup givenLabels() {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                sequence,
                optimiser,
                LabelSource.GIVEN,
                stride);
    }

    /** Windows that overlap, each so many events after the one before. */
    TrainerSetup slidingBy(int events) {
        return new TrainerSetup(
                network,
                columns,
                timing,
                publishEvery,
                generation,
                rocksDb,
                minibatch,
                sequence.mode(ModeConfig.window(WINDOW)),
                optimiser,
                labels,
                events);
    }

    /** One event a millisecond; a key's state survives two missed ones, its memory eight. */
    TrainerSetup withGaps(MissingSteps missing) {
        GapConfig gaps = new GapConfig(Duration.ofMillis(1), missing, 2);
        return sequence(
                new SequenceConfig(
                        sequence.order(),
                        0,
                        gaps,
                        Duration.ofMillis(8),
                        sequence.weightsChange(),
                        sequence.rerunSteps()));
    }

    TrainerSetup inOrder() {
        return sequence(
                new SequenceConfig(
                        EventOrder.EVENT_TIME,
                        0,
                        sequence.gaps(),
                        sequence.timeToLive(),
                        sequence.weightsChange(),
                        sequence.rerunSteps()));
    }

    MemoryShape shape() {
        Columns parsed = Columns.parse(columns, "value");
        return new MemoryShape(Network.parse(network, parsed.width()), parsed);
    }

    TrainingConfig config() {
        return new TrainingConfig(
                new LearningConfig(
                        WINDOW,
                        minibatch,
                        1,
                        LossConfig.mse(),
                        new OptimiserConfig(
                                OptimiserConfig.Method.parse(optimiser),
                                0.01,
                                ScheduleConfig.constant(),
                                1,
                                null)),
                timing,
                new StandardisationConfig(0.01, 6),
                sequence,
                publishEvery,
                1,
                labels,
                stride,
                MissingTarget.REJECT);
    }

    WeightUpdate first() {
        Network of = shape().network();
        return new WeightUpdate(
                generation,
                0,
                of.toString(),
                WeightUpdate.AT_ARRIVAL,
                Weights.seeded(of, 1).values());
    }

    /** {@code steps} events of each of {@code keys} keys, one of each key every millisecond. */
    static List<Event<String>> events(int steps, int keys) {
        Random random = new Random(3);
        List<Event<String>> events = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (int key = 0; key < keys; key++) {
                double value = Math.sin(step + key) + 0.1 * random.nextGaussian();
                events.add(Event.of("key-" + key, step, value));
            }
        }
        return events;
    }
}
