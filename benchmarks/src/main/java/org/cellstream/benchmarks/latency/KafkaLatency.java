package org.cellstream.benchmarks.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.pipeline.Broker;
import org.cellstream.benchmarks.pipeline.KafkaEvents;
import org.cellstream.benchmarks.pipeline.KafkaJobMain;
import org.cellstream.benchmarks.pipeline.KafkaJobSpec;
import org.cellstream.jobs.kafka.Delivery;

/**
 * From the moment at which an event is due at Kafka to its forecast in the hands of a reader of
 * Kafka. Broker, job, sender and reader share the machine, so the peak is what they reach together.
 */
final class KafkaLatency {

    private static final double MILLIS = 1000;
    private static final double AS_FAST_AS_POSSIBLE = 0;
    private static final long FIRST_EVENTS = 2000;

    private final LatencySettings settings;
    private final Delivery delivery;
    private final PrintStream out;

    KafkaLatency(LatencySettings settings, Delivery delivery, PrintStream out) {
        this.settings = settings;
        this.delivery = delivery;
        this.out = out;
    }

    List<Latencies> measure(Path work) throws IOException {
        List<Latencies> all = new ArrayList<>();
        try (Broker broker = Broker.start(work.resolve("kafka"))) {
            double peak = 0;
            for (boolean training : new boolean[] {false, true}) {
                String prefix = training ? "learning-" : "serving-";
                broker.createTopic(prefix + "events");
                broker.createTopics(prefix);
                KafkaJobSpec spec =
                        new KafkaJobSpec(
                                Form.OURS,
                                broker.address(),
                                delivery,
                                training,
                                prefix + "events",
                                prefix,
                                settings.checkpointMillis());
                try (JobProcess job =
                                JobProcess.start(
                                        work, "kafka", KafkaJobMain.class, spec.arguments());
                        ForecastTimes times =
                                new ForecastTimes(broker.address(), spec.forecasts());
                        KafkaEvents events = new KafkaEvents(broker.address(), spec.events())) {
                    job.awaitReady();
                    job.ask("open");
                    double reached = peak(times, events);
                    if (!training) {
                        peak = reached;
                        out.printf(Locale.ROOT, "Kafka: %,.0f events/s at most%n", peak);
                    }
                    for (int percent : settings.percents()) {
                        String cell = "kafkaLoad" + percent + (training ? "Training" : "");
                        all.add(load(job, times, events, cell, peak * percent / 100));
                    }
                }
            }
        }
        return all;
    }

    /** Events a second of the last run of some that get longer and longer. */
    private double peak(ForecastTimes times, KafkaEvents events) throws IOException {
        long count = FIRST_EVENTS;
        double taken = 0;
        while (true) {
            long start = System.nanoTime();
            run(times, events, count, AS_FAST_AS_POSSIBLE);
            double millis = (System.nanoTime() - start) / Latencies.NANOS_A_MILLI;
            taken += millis;
            if (taken >= settings.warmUpMillis() + settings.peakMillis()
                    && millis >= settings.peakMillis() / 2.0) {
                return count * MILLIS / millis;
            }
            count = (long) Math.ceil(count * Math.min(4, settings.peakMillis() / millis));
        }
    }

    private void run(ForecastTimes times, KafkaEvents events, long count, double perSecond)
            throws IOException {
        times.expect(count);
        events.send(settings.keys(), count, perSecond);
        times.await();
    }

    private Latencies load(
            JobProcess job, ForecastTimes times, KafkaEvents events, String cell, double rate)
            throws IOException {
        run(times, events, (long) (rate * settings.loadMillis() / MILLIS), rate);
        Answer answer = job.ask("checkpoints");
        Latencies measured =
                times.latencies(cell, answer.numbers("begun"), answer.numbers("ended"));
        out.println(measured.line());
        return measured;
    }
}
