package org.cellstream.jobs.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.cellstream.event.Control;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.kafka.ControlTopic;
import org.cellstream.jobs.kafka.ReportReader;
import org.cellstream.jobs.kafka.Topics;

/** Writes an order to a job's control topic, and waits for the answer where there is one. */
@Internal
public final class ControlRun {

    private final JobConfig config;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param out where it says what it wrote; the report alone, where one is waited for
     * @param err where it says what it wrote, where a report is waited for
     */
    public ControlRun(JobConfig config, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.out = out;
        this.err = err;
    }

    /**
     * Writes an order.
     *
     * @throws IOException if Kafka does not answer, or this thread is interrupted
     * @throws IllegalArgumentException if the topic is missing
     */
    public void write(Control<String> order) throws IOException {
        checkTopics();
        write(order, out);
    }

    /**
     * Writes an order for a report and prints the report.
     *
     * @throws IOException if Kafka does not answer, no report comes in time, or this thread is
     *     interrupted
     * @throws IllegalArgumentException if a topic is missing; the message lists all that are
     */
    public void writeAndWait(Control<String> order, Duration patience) throws IOException {
        checkTopics();
        String key = String.valueOf(order.key());
        String topic = config.topics().reports();
        try (ReportReader reports = ReportReader.atEnd(config.kafka().client(), topic)) {
            ControlTopic.Place place = write(order, err);
            String report =
                    reports.await(place, patience)
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "no report of %s came to topic %s within %d s; does job %s run?"
                                                            .formatted(
                                                                    key,
                                                                    topic,
                                                                    patience.toSeconds(),
                                                                    config.kafka().name())));
            say(out, report);
        }
    }

    private void checkTopics() throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        try (Topics topics = Topics.connect(config.kafka().client())) {
            check(topics, JobOptions.TOPIC_CONTROL, config.topics().control(), mistakes);
            check(topics, JobOptions.TOPIC_REPORTS, config.topics().reports(), mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException(
                    "the topics of Kafka at " + config.kafka().servers(), mistakes);
        }
    }

    private static void check(
            Topics topics, ConfigOption<String> option, String name, List<Mistake> mistakes)
            throws IOException {
        if (topics.partitions(name).isEmpty()) {
            mistakes.add(
                    new Mistake(
                            option.key(),
                            "%s is %s; need a topic that is there: the job makes it when it starts"
                                    .formatted(option.key(), name)));
        }
    }

    private ControlTopic.Place write(Control<String> order, PrintWriter where) throws IOException {
        String topic = config.topics().control();
        ControlTopic.Place place = ControlTopic.write(config.kafka().client(), topic, order);
        say(
                where,
                "topic %s, partition %d, offset %d: %s"
                        .formatted(topic, place.partition(), place.offset(), place.json()));
        return place;
    }

    private static void say(PrintWriter where, String line) {
        where.println(line);
        where.flush();
    }
}
