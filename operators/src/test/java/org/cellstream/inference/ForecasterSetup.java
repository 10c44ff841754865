package org.cellstream.inference;

import java.time.Duration;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;

/**
 * How a {@link TestingForecaster} is set up; the defaults are one column, {@code value}, and
 * batches of eight rows.
 */
record ForecasterSetup(
        String network, int maxRows, TimingConfig timing, boolean rocksDb, boolean objectReuse) {

    static final StandardisationConfig STANDARDISATION = new StandardisationConfig(0.01, 6);

    static ForecasterSetup plain() {
        return new ForecasterSetup("lstm(5) dense(1)", 8, TimingConfig.atArrival(), false, false);
    }

    ForecasterSetup network(String other) {
        return new ForecasterSetup(other, maxRows, timing, rocksDb, objectReuse);
    }

    ForecasterSetup maxRows(int rows) {
        return new ForecasterSetup(network, rows, timing, rocksDb, objectReuse);
    }

    ForecasterSetup timing(TimingConfig other) {
        return new ForecasterSetup(network, maxRows, other, rocksDb, objectReuse);
    }

    ForecasterSetup onRocksDb() {
        return new ForecasterSetup(network, maxRows, timing, true, objectReuse);
    }

    ForecasterSetup withObjectReuse() {
        return new ForecasterSetup(network, maxRows, timing, rocksDb, true);
    }

    MemoryShape shape() {
        Columns columns = Columns.parse("value, change=value|diff", "value");
        return new MemoryShape(Network.parse(network, columns.width()), columns);
    }

    InferenceConfig config() {
        return new InferenceConfig(
                new BatchConfig(maxRows, Duration.ofMillis(5)), timing, STANDARDISATION);
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
