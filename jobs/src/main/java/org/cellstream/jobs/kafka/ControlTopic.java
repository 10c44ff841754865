package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.cellstream.event.Control;
import org.cellstream.nn.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of orders about memories. */
@Internal
public final class ControlTopic {

    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
    private static final String FOR_EVER = "-1";
    private static final String PATIENCE_MILLIS = "10000";

    private ControlTopic() {}

    /**
     * Makes the topic if it is not there: one partition, and nothing is deleted, since whoever
     * reads the events again needs the orders that name a time.
     */
    public static void create(Topics topics, String name) throws IOException {
        topics.create(name, 1, Map.of("retention.ms", FOR_EVER));
    }

    /**
     * Reads the topic to the end that it has now.
     *
     * @throws IOException if Kafka does not answer, or not to its end within a minute
     */
    public static PastOrders past(KafkaSettings settings, String topic, Network network)
            throws IOException {
        ControlDecoder decoder = new ControlDecoder(network);
        List<Control<String>> timed = new ArrayList<>();
        Map<Integer, Long> ends =
                TopicScan.read(
                        settings.client(),
                        topic,
                        record -> {
                            Control<String> order = decoder.decode(record).control();
                            if (order != null && order.time() != Control.AT_ONCE) {
                                timed.add(order);
                            }
                        });
        if (!timed.isEmpty()) {
            LOG.info("Topic {} holds {} orders that name a time.", topic, timed.size());
        }
        return new PastOrders(
                settings.startFrom().equals(StartFrom.LATEST) ? List.of() : timed, ends);
    }

    /**
     * Where an order was written.
     *
     * @param json the order as it stands there
     */
    public record Place(int partition, long offset, String json) {}

    /**
     * Writes an order and waits until Kafka has it.
     *
     * @param client settings of a Kafka client
     * @throws IOException if Kafka does not take it, or this thread is interrupted
     */
    public static Place write(Map<String, String> client, String topic, Control<String> order)
            throws IOException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ControlEncoder(topic).encode(order);
            RecordMetadata written = producer.send(record).get();
            return new Place(
                    written.partition(),
                    written.offset(),
                    new String(record.value(), StandardCharsets.UTF_8));
        } catch (InterruptedException | InterruptException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw notTaken(topic, e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw notTaken(topic, e);
        }
    }

    private static IOException notTaken(String topic, Throwable e) {
        return new IOException(
                "Kafka did not take the order for topic " + topic + ": " + e.getMessage(), e);
    }

    private static IOException interrupted(Exception e) {
        Thread.interrupted(); // the exception says it from here on
        return (IOException)
                new InterruptedIOException("interrupted while writing to Kafka").initCause(e);
    }
}
