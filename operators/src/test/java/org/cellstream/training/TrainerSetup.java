package org.cellstream.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.PracticeConfig;
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
final class TrainerSetup implements Cloneable {

    static final int WINDOW = 4;
    static final int MINIBATCH = 3;

    private String network = "lstm(4) dense(1)";
    private String columns = "value";
    private TimingConfig timing = TimingConfig.atArrival();
    private int publishEvery = 1;
    private long generation = 1;
    private boolean rocksDb;
    private int minibatch = MINIBATCH;
    private SequenceConfig sequence = SequenceConfig.plain();
    private String optimiser = "adam";
    private LabelSource labels = LabelSource.NEXT_EVENT;
    private int stride = 1;
    private PracticeConfig practice = PracticeConfig.plain();
    private String loss = "mse";
    private double learningRate = 0.01;
    private int window = WINDOW;
    private int prior;

    private TrainerSetup() {}

    static TrainerSetup atArrival() {
        return new TrainerSetup();
    }

    /** Epochs of ten milliseconds. */
    static TrainerSetup byEpoch() {
        return atArrival()
                .with(setup -> setup.timing = TimingConfig.byEpoch(Duration.ofMillis(10)));
    }

    /** A copy with a change. */
    private TrainerSetup with(Consumer<TrainerSetup> change) {
        try {
            TrainerSetup copy = (TrainerSetup) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    TrainerSetup onRocksDb() {
        return with(setup -> setup.rocksDb = true);
    }

    TrainerSetup generation(long other) {
        return with(setup -> setup.generation = other);
    }

    TrainerSetup network(String other) {
        return with(setup -> setup.network = other);
    }

    TrainerSetup publishEvery(int minibatches) {
        return with(setup -> setup.publishEvery = minibatches);
    }

    TrainerSetup minibatch(int windows) {
        return with(setup -> setup.minibatch = windows);
    }

    /** Other columns, among them the target {@code value}. */
    TrainerSetup columns(String other) {
        return with(setup -> setup.columns = other);
    }

    TrainerSetup sequence(SequenceConfig other) {
        return with(setup -> setup.sequence = other);
    }

    TrainerSetup optimiser(String other) {
        return with(setup -> setup.optimiser = other);
    }

    TrainerSetup practice(PracticeConfig other) {
        return with(setup -> setup.practice = other);
    }

    /** Replay, a gate and a learning rate that drift raises. */
    TrainerSetup guarded() {
        return practice(PracticeConfig.plain().replay(3, 20).guarded(2).driftBoost(2));
    }

    /** Minibatches that grow with the number of keys, and replay. */
    TrainerSetup inRounds() {
        return practice(PracticeConfig.plain().replay(2, 20).inRounds()).minibatch(64);
    }

    TrainerSetup window(int steps) {
        return with(setup -> setup.window = steps);
    }

    /** What is usual among keys worth as many events. */
    TrainerSetup prior(int events) {
        return with(setup -> setup.prior = events);
    }

    TrainerSetup loss(String other) {
        return with(setup -> setup.loss = other);
    }

    TrainerSetup learningRate(double other) {
        return with(setup -> setup.learningRate = other);
    }

    /** Learning from labels that events bring. */
    TrainerSetup givenLabels() {
        return with(setup -> setup.labels = LabelSource.GIVEN);
    }

    /** Windows that overlap, each so many events after the one before. */
    TrainerSetup slidingBy(int events) {
        return sequence(sequence.mode(ModeConfig.window(WINDOW)))
                .with(setup -> setup.stride = events);
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
                        sequence.rerunSteps(),
                        sequence.mode()));
    }

    TrainerSetup inOrder() {
        return sequence(
                new SequenceConfig(
                        EventOrder.EVENT_TIME,
                        0,
                        sequence.gaps(),
                        sequence.timeToLive(),
                        sequence.weightsChange(),
                        sequence.rerunSteps(),
                        sequence.mode()));
    }

    SequenceConfig sequence() {
        return sequence;
    }

    boolean rocksDb() {
        return rocksDb;
    }

    long generation() {
        return generation;
    }

    MemoryShape shape() {
        Columns parsed = Columns.parse(columns, "value");
        return new MemoryShape(Network.parse(network, parsed.width()), parsed);
    }

    TrainingConfig config() {
        return new TrainingConfig(
                new LearningConfig(
                        window,
                        minibatch,
                        1,
                        LossConfig.parse(loss),
                        new OptimiserConfig(
                                OptimiserConfig.Method.parse(optimiser),
                                learningRate,
                                ScheduleConfig.constant(),
                                1,
                                null)),
                timing,
                new StandardisationConfig(0.01, 6).prior(prior),
                sequence,
                publishEvery,
                1,
                labels,
                stride,
                MissingTarget.REJECT,
                practice);
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

    @Override
    public String toString() {
        return "%s, %s, %s, %s, %s%s"
                .formatted(
                        network, timing, sequence, labels, practice, rocksDb ? ", on RocksDB" : "");
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
