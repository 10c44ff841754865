package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.StateReport;

/**
 * Reports as JSON, keyed by the key they are about. A key never seen has no time. The state reads
 * as {@code seed} takes it.
 */
final class ReportEncoder implements Encoder<StateReport<String>> {

    /** Fields that say where the order stood which a report answers. */
    static final String ORDER_PARTITION = "orderPartition";

    static final String ORDER_OFFSET = "orderOffset";

    private static final long serialVersionUID = 1L;

    private final String topic;

    ReportEncoder(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(StateReport<String> report) {
        return new ProducerRecord<>(
                topic,
                report.key().getBytes(StandardCharsets.UTF_8),
                Json.object(json -> write(report, json)));
    }

    private static void write(StateReport<String> report, JsonGenerator json) throws IOException {
        json.writeStringField("key", report.key());
        if (report.time() == Long.MIN_VALUE) {
            json.writeNullField("time");
        } else {
            json.writeNumberField("time", report.time());
        }
        json.writeNumberField("step", report.step());
        json.writeNumberField("stepsSinceReset", report.stepsSinceReset());
        json.writeNumberField("weightsGeneration", report.weightsGeneration());
        json.writeNumberField("weightsNumber", report.weightsNumber());
        json.writeNumberField(ORDER_PARTITION, report.orderPartition());
        json.writeNumberField(ORDER_OFFSET, report.orderOffset());
        Json.state(json, report.state());
    }
}
