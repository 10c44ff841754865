package org.cellstream.jobs.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.RateConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightTiming;
import org.cellstream.features.Columns;
import org.cellstream.jobs.kafka.EventFormat;
import org.cellstream.jobs.kafka.KafkaSettings;
import org.cellstream.jobs.kafka.MarkNames;
import org.cellstream.jobs.kafka.StartFrom;
import org.cellstream.jobs.kafka.WatermarkSettings;

/**
 * Checked options of a job.
 *
 * @param options what it was made from; the operators read their own options there
 * @param format how events name things
 * @param topics what the topics are called
 * @param kafka how the job talks to Kafka
 * @param watermarks how event time advances
 * @param timing when new weights take effect
 * @param learns whether the job learns; else its weights come from the weights topic
 * @param checkpoints how often and, for an embedded Flink, where checkpoints are kept
 */
@Internal
public record JobConfig(
        ReadableConfig options,
        EventFormat format,
        TopicNames topics,
        KafkaSettings kafka,
        WatermarkSettings watermarks,
        TimingConfig timing,
        boolean learns,
        Checkpoints checkpoints) {

    /** Subtasks that a job can ever have; Flink fixes it at the job's first start. */
    public static final int MAX_PARALLELISM = 720;

    /**
     * How often checkpoints are made and where they are kept.
     *
     * @param interval from one to the next
     * @param folder where an embedded Flink keeps them
     */
    public record Checkpoints(Duration interval, Path folder) {}

    /**
     * Checks all options.
     *
     * @throws WrongConfigException if something is wrong; it lists everything that is, each with
     *     key, value and what is allowed
     */
    public static JobConfig from(ReadableConfig options) {
        List<Mistake> mistakes = new OptionChecks(options).find();
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException("the options", mistakes);
        }
        return checked(options);
    }

    /** Options in which {@link OptionChecks} finds nothing wrong. */
    static JobConfig checked(ReadableConfig given) {
        ReadableConfig options = withRate(given);
        Columns columns =
                Columns.parse(
                        options.get(CellstreamOptions.COLUMNS),
                        options.get(CellstreamOptions.TARGET));
        TimingConfig timing = TimingConfig.from(options);
        return new JobConfig(
                options,
                new EventFormat(
                        options.getOptional(JobOptions.KEY).orElse(null),
                        options.getOptional(JobOptions.TIME).orElse(null),
                        columns.fields(),
                        mayBeEmpty(options, columns),
                        new MarkNames(
                                options.getOptional(JobOptions.BOUNDARY).orElse(null),
                                options.getOptional(JobOptions.LABEL).orElse(null),
                                options.getOptional(JobOptions.WEIGHT).orElse(null),
                                options.getOptional(JobOptions.MASK).orElse(null))),
                TopicNames.from(options),
                kafka(options),
                new WatermarkSettings(
                        timing.byEventTime() ? Duration.ofMillis(timing.epochMillis()) : null,
                        options.get(JobOptions.OUT_OF_ORDERNESS),
                        options.getOptional(JobOptions.IDLE_AFTER).orElse(null)),
                timing,
                options.get(CellstreamOptions.TRAINING_ENABLED),
                new Checkpoints(
                        options.get(JobOptions.CHECKPOINT_INTERVAL),
                        Path.of(options.get(JobOptions.CHECKPOINT_FOLDER))));
    }

    /**
     * A job without end follows the machine unless told otherwise: it is to forecast in time, and
     * its weights depend on the order of arrival anyway.
     */
    private static ReadableConfig withRate(ReadableConfig given) {
        boolean live =
                !given.get(JobOptions.BOUNDED)
                        && given.get(CellstreamOptions.TRAINING_ENABLED)
                        && given.get(CellstreamOptions.WEIGHTS_TIMING) == WeightTiming.ARRIVAL;
        if (!live || given.getOptional(CellstreamOptions.TRAINING_RATE).isPresent()) {
            return given;
        }
        Configuration options = Configuration.fromMap(given.toMap());
        options.set(CellstreamOptions.TRAINING_RATE, RateConfig.Kind.ADAPTIVE.toString());
        return options;
    }

    private static List<String> mayBeEmpty(ReadableConfig options, Columns columns) {
        List<String> fields = new ArrayList<>(columns.fieldsThatMayBeMissing());
        if (options.get(CellstreamOptions.MISSING_TARGET) == MissingTarget.FEEDBACK) {
            fields.add(columns.targetField());
        }
        return fields;
    }

    private static KafkaSettings kafka(ReadableConfig options) {
        Map<String, String> client = new HashMap<>(options.get(JobOptions.KAFKA));
        options.getOptional(JobOptions.BOOTSTRAP_SERVERS)
                .ifPresent(servers -> client.put(KafkaChecks.SERVERS, servers));
        return new KafkaSettings(
                options.get(JobOptions.NAME),
                client,
                options.get(JobOptions.DELIVERY),
                options.get(JobOptions.TRANSACTION_TIMEOUT),
                StartFrom.parse(options.get(JobOptions.START_FROM)),
                options.get(JobOptions.BOUNDED));
    }

    /** Subtasks of every operator but the trainer. */
    public int parallelism() {
        return options.get(CellstreamOptions.PARALLELISM);
    }
}
