package org.cellstream.inference;

import org.cellstream.config.InferenceConfig;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;

/**
 * What a {@link Schedule} is carried out with.
 *
 * @param network text of the network
 * @param columns text of the columns
 * @param target name of the column that is forecast
 */
record ScheduleSetup(
        String network,
        String columns,
        String target,
        InferenceConfig config,
        boolean objectReuse) {

    /** Kafka partition of events and orders: a rejection says it. */
    static final int PARTITION = 1;

    MemoryShape shape() {
        Columns parsed = Columns.parse(columns, target);
        return new MemoryShape(Network.parse(network, parsed.width()), parsed);
    }

    ScheduleSetup with(InferenceConfig other) {
        return new ScheduleSetup(network, columns, target, other, objectReuse);
    }

    static Event<String> event(String key, long time, long offset, double[] numbers) {
        return new Event<>(key, time, numbers, PARTITION, offset);
    }

    TestingJob job(boolean rocksDb) {
        return new TestingJob(shape(), config, first(), rocksDb, objectReuse);
    }

    WeightUpdate first() {
        return weights(new Action.Publication(1, 0, WeightUpdate.AT_ARRIVAL, WeightsKind.GOOD));
    }

    WeightUpdate weights(Action.Publication publication) {
        Network of = shape().network();
        String identity =
                publication.kind() == WeightsKind.FOREIGN
                        ? Network.of(of.inputs()).lstm(7).dense(1).toString()
                        : of.toString();
        return new WeightUpdate(
                publication.generation(),
                publication.number(),
                identity,
                publication.epoch(),
                values(of, publication));
    }

    private static float[] values(Network network, Action.Publication publication) {
        long seed = 31 * publication.generation() + publication.number();
        float[] values = Weights.seeded(network, seed).values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= publication.kind() == WeightsKind.LARGE ? 1e38f : 2;
        }
        if (publication.kind() == WeightsKind.POISON) {
            values[(int) (publication.number() % values.length)] = Float.NaN;
        }
        return switch (publication.kind()) {
            case UNCHANGED -> new float[0];
            case SHORT -> new float[values.length - 1];
            default -> values;
        };
    }
}
