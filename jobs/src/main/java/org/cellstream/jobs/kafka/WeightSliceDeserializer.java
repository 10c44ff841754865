package org.cellstream.jobs.kafka;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads slices of weights. What is none is passed over; the first one of them is logged. */
final class WeightSliceDeserializer implements KafkaRecordDeserializationSchema<WeightSlice> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WeightSliceDeserializer.class);

    private transient boolean logged;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        logged = false;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<WeightSlice> out) {
        if (record.value() == null) {
            return; // a tombstone: somebody removed a slice
        }
        try {
            out.collect(WeightSlice.decode(record));
        } catch (IOException e) {
            if (!logged) {
                LOG.warn(
                        "Passed over {}-{}@{}: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                logged = true;
            }
        }
    }

    @Override
    public TypeInformation<WeightSlice> getProducedType() {
        return WeightSlice.type();
    }
}
