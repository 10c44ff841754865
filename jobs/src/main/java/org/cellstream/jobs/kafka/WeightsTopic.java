package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.nn.Network;

/**
 * The topic on which weights travel between jobs: compacted, with one partition, so that slices
 * come in the order in which they were written.
 */
@Internal
public final class WeightsTopic {

    private WeightsTopic() {}

    /** Makes the topic if it is not there. */
    public static void create(Topics topics, String name) throws IOException {
        topics.create(name, 1, Map.of("cleanup.policy", "compact"));
    }

    /**
     * Reads the topic from its start to the end that it has now.
     *
     * @param client settings of a Kafka client
     * @throws IOException if Kafka does not answer, or not to its end within a minute
     */
    public static PublishedWeights newest(Map<String, String> client, String topic, Network network)
            throws IOException {
        WeightAssembler assembler =
                new WeightAssembler(network.toString(), network.parameters().size());
        long[] generation = new long[1];
        TopicScan.read(
                client,
                topic,
                record -> generation[0] = Math.max(generation[0], add(record, assembler)));
        return new PublishedWeights(assembler.newest(), generation[0]);
    }

    /** Adds what the record holds and returns its generation; 0 if it holds no slice. */
    private static long add(ConsumerRecord<byte[], byte[]> record, WeightAssembler assembler) {
        if (record.value() == null) {
            return 0;
        }
        try {
            WeightSlice slice = WeightSlice.decode(record);
            assembler.add(slice);
            return slice.generation();
        } catch (IOException noSlice) {
            return 0; // somebody else's record; the source of a running job logs it
        }
    }
}
