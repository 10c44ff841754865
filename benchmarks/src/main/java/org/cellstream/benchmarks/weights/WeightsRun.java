package org.cellstream.benchmarks.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.Draw;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.benchmarks.harness.LatencyAnswer;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.Participant;
import org.cellstream.benchmarks.harness.Turns;
import org.cellstream.benchmarks.pipeline.Broker;
import org.cellstream.nn.Network;

/**
 * New weights while events come as fast as they are taken, so that the operator is never without
 * work: whatever silence there is before the first forecast of a new version is its price, but for
 * the time that every batch takes.
 */
final class WeightsRun {

    private static final int KEYS = 1000;
    private static final double NANOS_A_MILLI = 1e6;

    /** One forecast of a batch of so many is the first after a silence. */
    private static final double BATCH_PERCENTILE = 100 * (1 - 0.5 / JobSpec.BATCH_ROWS);

    private final List<Integer> hidden;
    private final Pace pace;
    private final int updates;
    private final long updateMillis;

    /**
     * @param hidden units of each network
     * @param updates versions of each network
     * @param updateMillis from one to the next
     */
    WeightsRun(List<Integer> hidden, Pace pace, int updates, long updateMillis) {
        this.hidden = hidden;
        this.pace = pace;
        this.updates = updates;
        this.updateMillis = updateMillis;
    }

    /** One network after the other. */
    List<UpdateCost> run(Path work) throws IOException {
        List<UpdateCost> costs = new ArrayList<>();
        try (Broker broker = Broker.start(work.resolve("kafka"))) {
            for (int units : hidden) {
                JobSpec spec = JobSpec.lstm(Form.OURS, units);
                String topic = "weights-" + units;
                long bytes = WeightsOnTheWire.bytes(broker, work, topic, spec.network());
                costs.add(measure(work, spec, bytes));
            }
        }
        return costs;
    }

    private UpdateCost measure(Path work, JobSpec spec, long bytes) throws IOException {
        int parameters = Network.parse(spec.network(), JobSpec.INPUTS).parameters().size();
        try (JobProcess job = JobProcess.start(work, spec)) {
            job.awaitReady();
            job.fill(0, KEYS);
            new Turns(pace) // which warms it up
                    .measure(Draw.UNIFORM, KEYS, List.of(new Participant("", "", job)));
            Answer answer = job.ask("updates", KEYS, updates, updateMillis);
            List<Double> pauses =
                    answer.numbers("updatePauses").stream().map(p -> p / NANOS_A_MILLI).toList();
            double ordinary =
                    LatencyAnswer.histogram(answer, "gaps").getValueAtPercentile(BATCH_PERCENTILE)
                            / NANOS_A_MILLI;
            return new UpdateCost(parameters, bytes, pauses, ordinary);
        }
    }
}
