package org.cellstream.benchmarks.harness;

import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/** New weights for a network: seeded ones, one of them a little different each time. */
final class WeightItems implements Items<WeightUpdate> {

    private static final long serialVersionUID = 1L;

    private static final float SMALL = 1e-4f;

    private final String text;
    private final int inputs;
    private transient float @Nullable [] seeded;

    WeightItems(Network network) {
        text = network.text();
        inputs = network.inputs();
    }

    @Override
    public Next<WeightUpdate> begin(Stage stage, int subtask, int subtasks) {
        Network network = Network.parse(text, inputs);
        if (seeded == null) {
            seeded = Weights.seeded(network, 1).values(); // takes long for large networks
        }
        float[] values = seeded.clone();
        values[0] += stage.first() * SMALL;
        return time ->
                new WeightUpdate(
                        1, stage.first(), network.toString(), WeightUpdate.AT_ARRIVAL, values);
    }
}
