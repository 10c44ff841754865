package org.cellstream.benchmarks.weights;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.ChildCluster;
import org.cellstream.benchmarks.harness.Commands;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.benchmarks.harness.PublishedWeights;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.KafkaSettings;
import org.cellstream.jobs.kafka.SinkTopics;
import org.cellstream.jobs.kafka.StartFrom;
import org.cellstream.nn.Network;

/** Writes weights to a topic as jobs do, each time the parent says so. */
public final class WireMain {

    private WireMain() {}

    /**
     * Starts the job.
     *
     * @param arguments a folder, Kafka's address, the topic, the network
     */
    public static void main(String[] arguments) {
        Commands.obey(() -> start(List.of(arguments)));
    }

    private static Commands.Command start(List<String> words) throws Exception {
        StreamExecutionEnvironment env = ChildCluster.environment(Path.of(words.get(0)));
        env.setParallelism(1);
        env.enableCheckpointing(Duration.ofDays(1).toMillis());
        KafkaSettings settings =
                new KafkaSettings(
                        "wire",
                        Map.of("bootstrap.servers", words.get(1)),
                        Delivery.AT_LEAST_ONCE,
                        Duration.ofMinutes(1),
                        StartFrom.EARLIEST,
                        false);
        Network network = Network.parse(words.get(3), JobSpec.INPUTS);
        new SinkTopics(settings).weights(PublishedWeights.stream(env, network), words.get(2));
        ChildCluster cluster = ChildCluster.start(env, 1);
        return command -> {
            PublishedWeights.publish();
            cluster.checkpoint().get(); // all records are in Kafka then
            return new Answer();
        };
    }
}
