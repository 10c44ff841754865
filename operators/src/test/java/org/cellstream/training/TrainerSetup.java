package org.cellstream.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cellstream.config.LearningConfig;
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
        TimingConfig timing,
        int publishEvery,
        long generation,
        boolean rocksDb,
        int minibatch) {

    static final int WINDOW = 4;
    static final int MINIBATCH = 3;

    static TrainerSetup atArrival() {
        return new TrainerSetup(
                "lstm(4) dense(1)", TimingConfig.atArrival(), 1, 1, false, MINIBATCH);
    }

    /** Epochs of ten milliseconds. */
    static TrainerSetup byEpoch() {
        TimingConfig epochs = TimingConfig.byEpoch(Duration.ofMillis(10));
        return new TrainerSetup("lstm(4) dense(1)", epochs, 1, 1, false, MINIBATCH);
    }

    TrainerSetup onRocksDb() {
        return new TrainerSetup(network, timing, publishEvery, generation, true, minibatch);
    }

    TrainerSetup generation(long other) {
        return new TrainerSetup(network, timing, publishEvery, other, rocksDb, minibatch);
    }

    TrainerSetup network(String other) {
        return new TrainerSetup(other, timing, publishEvery, generation, rocksDb, minibatch);
    }

    TrainerSetup publishEvery(int minibatches) {
        return new TrainerSetup(network, timing, minibatches, generation, rocksDb, minibatch);
    }

    TrainerSetup minibatch(int windows) {
        return new TrainerSetup(network, timing, publishEvery, generation, rocksDb, windows);
    }

    MemoryShape shape() {
        Columns columns = Columns.parse("value", "value");
        return new MemoryShape(Network.parse(network, columns.width()), columns);
    }

    TrainingConfig config() {
        return new TrainingConfig(
                new LearningConfig(WINDOW, minibatch, 1, 0.01, 1),
                timing,
                new StandardisationConfig(0.01, 6),
                publishEvery);
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
