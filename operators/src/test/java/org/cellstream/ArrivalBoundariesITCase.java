package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.cellstream.TestingJob.Learning;
import org.cellstream.TestingJob.Output;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryShape;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where weights take effect as they arrive, which forecast has which is not fixed; but whatever
 * ends a job, each event is stepped once, and each forecast is the one of the weights it names.
 */
class ArrivalBoundariesITCase {

    private static final int PART = TestingJob.EVENTS / 2 + 5;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir static Path folder;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    static Stream<TestingJob> jobs() {
        return Stream.of(
                TestingJob.of(Learning.AT_ARRIVAL, false, true, folder).withoutExperts(),
                TestingJob.of(Learning.AT_ARRIVAL, true, false, folder).withoutExperts());
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void savepointAndRestoreWithMoreSubtasks(TestingJob job, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        JobClient running = job.startUpTo(PART, cluster);

        String savepoint =
                running.stopWithSavepoint(
                                false, folder.toUri().toString(), SavepointFormatType.NATIVE)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertEachOnceByTheWeightsItNames(job.parallelism(3).run(savepoint));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void failureInUserCode(TestingJob job, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        JobClient running = job.startUpTo(PART, cluster);
        cluster.triggerCheckpoint(running.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        FailWhenToldFunction.tell();
        Gate.open();

        assertEachOnceByTheWeightsItNames(TestingJob.end(running));
        assertThat(FailWhenToldFunction.hasFailed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void cancelAndRestoreFromTheRetainedCheckpoint(
            TestingJob job, @InjectMiniCluster MiniCluster cluster) throws Exception {
        JobClient running = job.startUpTo(PART, cluster);

        String checkpoint =
                cluster.triggerCheckpoint(running.getJobID())
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        running.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertEachOnceByTheWeightsItNames(job.run(checkpoint));
    }

    private static void assertEachOnceByTheWeightsItNames(Output output) {
        Configuration options = TestingJob.of(Learning.AT_ARRIVAL, false, false, folder).options();
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
        Network network = lstm.network();
        Map<Long, float[]> published = new HashMap<>();
        Map<Long, double[]> priors = new HashMap<>();
        published.put(0L, Weights.seeded(network, CellstreamOptions.SEED.defaultValue()).values());
        for (WeightUpdate update : output.published()) {
            assertThat(published.put(update.number(), update.values())).isNull();
            priors.put(update.number(), update.prior());
        }
        assertThat(published).hasSizeGreaterThan(5);
        assertThat(output.forecasts()).hasSize(TestingJob.EVENTS);
        assertThat(output.forecasts()).anyMatch(forecast -> forecast.weightsNumber() > 0);
        Intake intake =
                new Intake(
                        new MemoryShape(network, lstm.columns()),
                        StandardisationConfig.from(options));
        Stepper stepper = new Stepper(network, Kernels.scalar(), 1);
        Map<String, KeyMemory> memories = new HashMap<>();
        for (Forecast<String> forecast : output.forecasts()) {
            intake.startFrom(priors.get(forecast.weightsNumber()));
            KeyMemory memory = memories.computeIfAbsent(forecast.key(), key -> intake.newMemory());
            stepper.load(new Weights(network, published.get(forecast.weightsNumber())));
            Event<String> event = TestingJob.event(forecast);
            assertThat(forecast.time()).isEqualTo(event.time());
            assertThat(forecast.values()).containsExactly(step(event, memory, intake, stepper));
            assertThat(forecast.step()).isEqualTo(memory.step());
        }
    }

    private static double step(
            Event<String> event, KeyMemory memory, Intake intake, Stepper stepper) {
        float[] x = new float[stepper.network().inputs()];
        float[] next = new float[memory.stateSize()];
        float[] y = new float[1];
        assertThat(intake.take(event, memory, x, 0)).isNull();
        stepper.step(1, x, memory.state(), next, y);
        System.arraycopy(next, 0, memory.layers(), memory.at(), next.length);
        return intake.target(memory) + intake.changeScale(memory) * y[0];
    }
}
