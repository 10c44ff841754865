package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** Decodes every record of the control topic to exactly one {@link DecodedControl}. */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<DecodedControl> {

    private static final long serialVersionUID = 1L;

    private final Network network;
    private transient @Nullable ControlDecoder decoder;

    ControlDeserializer(Network network) {
        this.network = network;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new ControlDecoder(network);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DecodedControl> out) {
        if (decoder == null) {
            throw new IllegalStateException("records came before the source was opened");
        }
        out.collect(decoder.decode(record));
    }

    @Override
    public TypeInformation<DecodedControl> getProducedType() {
        return DecodedControl.type();
    }
}
