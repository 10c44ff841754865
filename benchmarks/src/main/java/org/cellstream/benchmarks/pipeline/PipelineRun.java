package org.cellstream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.SliceSearch;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.jobs.kafka.Delivery;

/**
 * Both jobs read the same topic, each when it is its turn. What they read in a round is sent before
 * it, while both stand still.
 */
final class PipelineRun {

    static final String CELL = "Keys100Thousand";

    private static final String EVENTS = "events";
    private static final int KEYS = 100_000;

    /** A job passes whole batches, so some more than it is told to. */
    private static final long SPARE = 5000;

    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;

    private final Pace pace;
    private final Delivery delivery;
    private final Measurements rates = new Measurements("EventsPerSecond", Better.HIGHER);
    private final Map<Form, Long> read = new EnumMap<>(Form.class);
    private long sent;

    PipelineRun(Pace pace, Delivery delivery) {
        this.pace = pace;
        this.delivery = delivery;
    }

    Measurements run(Path work) throws IOException {
        try (Broker broker = Broker.start(work.resolve("kafka"));
                KafkaEvents events = new KafkaEvents(broker.address(), EVENTS)) {
            broker.createTopic(EVENTS);
            // Each writes to topics of its own; they read the same.
            broker.createTopics(Form.NO_OP.system() + "-");
            broker.createTopics(Form.OURS.system() + "-");
            try (JobProcess passing = start(broker, work, Form.NO_OP);
                    JobProcess ours = start(broker, work, Form.OURS)) {
                passing.awaitReady();
                ours.awaitReady();
                Map<Form, JobProcess> jobs = new EnumMap<>(Form.class);
                jobs.put(Form.NO_OP, passing);
                jobs.put(Form.OURS, ours);
                measure(events, jobs);
            }
        }
        return rates;
    }

    private JobProcess start(Broker broker, Path work, Form form) throws IOException {
        String prefix = form.system() + "-";
        KafkaJobSpec spec =
                new KafkaJobSpec(form, broker.address(), delivery, false, EVENTS, prefix, 0);
        List<String> arguments = spec.arguments();
        return JobProcess.start(work, form.system(), KafkaJobMain.class, arguments);
    }

    private void measure(KafkaEvents events, Map<Form, JobProcess> jobs) throws IOException {
        long count = 0;
        for (Map.Entry<Form, JobProcess> job : jobs.entrySet()) {
            count = Math.max(count, warmUp(events, job.getKey(), job.getValue()));
        }
        for (int round = 0; round < pace.rounds(); round++) {
            for (Map.Entry<Form, JobProcess> job : jobs.entrySet()) {
                Answer answer = run(events, job.getKey(), job.getValue(), count);
                double seconds = answer.number("nanos") / NANOS_A_SECOND;
                rates.add(CELL, job.getKey().system(), answer.number("events") / seconds);
            }
        }
    }

    /** Says how many events fill a slice. */
    private long warmUp(KafkaEvents events, Form form, JobProcess job) throws IOException {
        SliceSearch search = new SliceSearch(pace);
        while (!search.found()) {
            Answer answer = run(events, form, job, search.events());
            search.took(answer.number("nanos") / NANOS_A_MILLI);
        }
        return search.events();
    }

    private Answer run(KafkaEvents events, Form form, JobProcess job, long count)
            throws IOException {
        long before = read.getOrDefault(form, 0L);
        long missing = before + count + SPARE - sent;
        if (missing > 0) {
            events.send(KEYS, missing, 0);
            sent += missing;
        }
        Answer answer = job.ask("run", count);
        read.put(form, before + (long) answer.number("events"));
        return answer;
    }
}
