package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;

/** The topics that a job writes. */
@Internal
public final class SinkTopics {

    private final KafkaSettings settings;

    public SinkTopics(KafkaSettings settings) {
        this.settings = settings;
    }

    public void forecasts(DataStream<Forecast<String>> forecasts, String topic) {
        write(forecasts, "forecasts", new ForecastEncoder(topic));
    }

    public void late(DataStream<Event<String>> late, String topic, EventFormat format) {
        write(late, "late", new LateEncoder(topic, format));
    }

    public void rejected(DataStream<Rejected> rejected, String topic) {
        write(rejected, "rejected", new RejectedEncoder(topic));
    }

    /** Reports; there are few, so one writer is enough. */
    public void reports(DataStream<StateReport<String>> reports, String topic) {
        write(reports, "reports", new ReportEncoder(topic)).setParallelism(1);
    }

    /** Weights in slices, all by one writer, so that they stay in order. */
    public void weights(DataStream<WeightUpdate> weights, String topic) {
        DataStream<WeightSlice> slices =
                weights.flatMap(new CutWeightsFunction())
                        .returns(WeightSlice.type())
                        .name("cut-weights")
                        .uid("cut-weights")
                        .setParallelism(1);
        write(slices, "weights", new WeightSliceEncoder(topic)).setParallelism(1);
    }

    private <T> DataStreamSink<T> write(DataStream<T> stream, String role, Encoder<T> encoder) {
        String timeout = Long.toString(settings.transactionTimeout().toMillis());
        KafkaSink<T> sink =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(
                                settings.properties(
                                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeout))
                        .setRecordSerializer(encoder)
                        .setDeliveryGuarantee(settings.delivery().guarantee())
                        .setTransactionalIdPrefix(settings.name() + "/" + role + "/")
                        // Few ids, used again: Kafka remembers every id for a week.
                        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                        .build();
        String name = role + "-sink";
        return stream.sinkTo(sink).name(name).uid(name);
    }
}
