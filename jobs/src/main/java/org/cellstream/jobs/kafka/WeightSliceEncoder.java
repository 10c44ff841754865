package org.cellstream.jobs.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Slices of weights as records of the weights topic. */
final class WeightSliceEncoder implements Encoder<WeightSlice> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    WeightSliceEncoder(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(WeightSlice slice) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, slice.key(), slice.encode());
        if (slice.scores() != null) {
            record.headers().add(ScoresHeader.of(slice.scores()));
        }
        if (slice.prior() != null) {
            record.headers().add(PriorHeader.of(slice.prior()));
        }
        return record;
    }
}
