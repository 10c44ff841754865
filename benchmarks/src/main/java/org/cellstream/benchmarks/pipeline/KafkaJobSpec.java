package org.cellstream.benchmarks.pipeline;

import java.util.List;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.jobs.kafka.Delivery;

/**
 * A job from Kafka to Kafka.
 *
 * @param form ours, or the no-op that only passes events through
 * @param kafka where the broker is
 * @param training whether it learns from the events too
 * @param events topic that it reads
 * @param prefix of its other topics
 * @param checkpointMillis from one checkpoint to the next; 0 for those that are asked for only
 */
public record KafkaJobSpec(
        Form form,
        String kafka,
        Delivery delivery,
        boolean training,
        String events,
        String prefix,
        long checkpointMillis) {

    public KafkaJobSpec {
        if (form != Form.OURS && form != Form.NO_OP) {
            throw new IllegalArgumentException(
                    "the form is %s; from Kafka to Kafka there are OURS and NO_OP".formatted(form));
        }
    }

    public List<String> arguments() {
        return List.of(
                form.name(),
                kafka,
                delivery.name(),
                Boolean.toString(training),
                events,
                prefix,
                Long.toString(checkpointMillis));
    }

    static KafkaJobSpec parse(List<String> arguments) {
        return new KafkaJobSpec(
                Form.valueOf(arguments.get(0)),
                arguments.get(1),
                Delivery.valueOf(arguments.get(2)),
                Boolean.parseBoolean(arguments.get(3)),
                arguments.get(4),
                arguments.get(5),
                Long.parseLong(arguments.get(6)));
    }

    /** The topic it writes. */
    public String forecasts() {
        return prefix + "forecasts";
    }
}
