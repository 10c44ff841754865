package org.cellstream.benchmarks.harness;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;

/** New weights that a job gets when somebody says so. */
public final class PublishedWeights {

    private PublishedWeights() {}

    /** Where they come from; for each network one version after the other. */
    public static DataStream<WeightUpdate> stream(StreamExecutionEnvironment env, Network network) {
        return env.fromSource(
                        new InMemorySource<>(JobDefinition.WEIGHTS, new WeightItems(network)),
                        WatermarkStrategy.noWatermarks(),
                        JobDefinition.WEIGHTS,
                        WeightUpdate.type())
                .uid(JobDefinition.WEIGHTS)
                .setParallelism(1);
    }

    /** Publishes the next version. */
    public static void publish() {
        Tap tap = Tap.named(JobDefinition.WEIGHTS);
        tap.open(Draw.EACH, tap.count() + 1, 1, 1, 0, System.nanoTime());
    }
}
