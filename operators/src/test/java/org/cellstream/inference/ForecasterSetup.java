package org.cellstream.inference;

import java.time.Duration;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;

/**
 * How a {@link TestingForecaster} is set up; the defaults are one column, {@code value}, and its
 * change, and batches of eight rows.
 */
record ForecasterSetup(
        String network,
        String columns,
        int maxRows,
        TimingConfig timing,
        MemoryConfig memory,
        SequenceConfig sequence,
        boolean rocksDb,
        boolean objectReuse) {

    static final StandardisationConfig STANDARDISATION = new StandardisationConfig(0.01, 6);

    static ForecasterSetup plain() {
        return new ForecasterSetup(
                "lstm(5) dense(1)",
                "value, change=value|diff",
                8,
                TimingConfig.atArrival(),
                MemoryConfig.plain(),
                SequenceConfig.plain(),
                false,
                false);
    }

    ForecasterSetup network(String other) {
        return new ForecasterSetup(
                other, columns, maxRows, timing, memory, sequence, rocksDb, objectReuse);
    }

    ForecasterSetup columns(String other) {
        return new ForecasterSetup(
                network, other, maxRows, timing, memory, sequence, rocksDb, objectReuse);
    }

    ForecasterSetup maxRows(int rows) {
        return new ForecasterSetup(
                network, columns, rows, timing, memory, sequence, rocksDb, objectReuse);
    }

    ForecasterSetup timing(TimingConfig other) {
        return new ForecasterSetup(
                network, columns, maxRows, other, memory, sequence, rocksDb, objectReuse);
    }

    ForecasterSetup memory(MemoryConfig other) {
        return new ForecasterSetup(
                network, columns, maxRows, timing, other, sequence, rocksDb, objectReuse);
    }

    ForecasterSetup sequence(SequenceConfig other) {
        return new ForecasterSetup(
                network, columns, maxRows, timing, memory, other, rocksDb, objectReuse);
    }

    ForecasterSetup onRocksDb() {
        return new ForecasterSetup(
                network, columns, maxRows, timing, memory, sequence, true, objectReuse);
    }

    ForecasterSetup withObjectReuse() {
        return new ForecasterSetup(
                network, columns, maxRows, timing, memory, sequence, rocksDb, true);
    }

    /** Memories of so few keys resident that most events read theirs from state. */
    ForecasterSetup hardlyResident() {
        return maxRows(1)
                .memory(
                        new MemoryConfig(
                                memory.residentSize(), 1, memory.precision(), memory.stateLimit()));
    }

    MemoryShape shape() {
        Columns parsed = Columns.parse(columns, "value");
        return new MemoryShape(Network.parse(network, parsed.width()), parsed);
    }

    InferenceConfig config() {
        return new InferenceConfig(
                new BatchConfig(maxRows, Duration.ofMillis(5)),
                timing,
                STANDARDISATION,
                memory,
                sequence);
    }

    TestingJob job() {
        return new TestingJob(shape(), config(), weights(0), rocksDb, objectReuse);
    }

    /**
     * Weights of version 1.{@code number} that take effect at arrival, different for each number.
     */
    WeightUpdate weights(long number) {
        return weights(number, WeightUpdate.AT_ARRIVAL);
    }

    /** Weights of version 1.{@code number} learned through {@code epoch}. */
    WeightUpdate weights(long number, long epoch) {
        Network of = shape().network();
        float[] values = Weights.seeded(of, 100 + number).values();
        return new WeightUpdate(1, number, of.toString(), epoch, values);
    }

    /** The message that nothing was learned through {@code epoch}. */
    WeightUpdate unchanged(long number, long epoch) {
        return new WeightUpdate(1, number, shape().network().toString(), epoch, new float[0]);
    }
}
