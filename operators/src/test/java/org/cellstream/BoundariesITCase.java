package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.cellstream.TestingJob.Learning;
import org.cellstream.TestingJob.Output;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever ends a job: one that goes on from what it left gives the same output and has the same
 * state, to the last bit, as one that never stopped. With fixed weights and with weights by event
 * time.
 */
class BoundariesITCase {

    /** In the middle of an epoch, of windows and of a batch. */
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

    private static final Map<Learning, Output> UNDISTURBED = new EnumMap<>(Learning.class);

    static Stream<TestingJob> jobs() {
        return Stream.of(
                TestingJob.of(Learning.NONE, false, false, folder),
                TestingJob.of(Learning.NONE, true, true, folder),
                TestingJob.of(Learning.BY_EPOCH, true, false, folder),
                TestingJob.of(Learning.BY_EPOCH, false, true, folder));
    }

    /** What a job on the heap, alone and copying its records, gives that never stops. */
    private static Output undisturbed(Learning learning) throws Exception {
        Output known = UNDISTURBED.get(learning);
        if (known == null) {
            known = TestingJob.of(learning, false, false, folder).parallelism(1).run();
            UNDISTURBED.put(learning, known);
        }
        return known;
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void endOfInput(TestingJob job) throws Exception {
        Output ended = job.run();

        assertThat(ended).isEqualTo(undisturbed(job.learning()));
        assertThat(ended.forecasts()).hasSize(TestingJob.EVENTS);
        boolean learns = job.learning() != Learning.NONE;
        assertThat(ended.reports()).hasSize(learns ? 0 : TestingJob.KEYS);
        assertThat(last(ended.forecasts()).weightsNumber()).isGreaterThan(learns ? 3 : -1);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void savepointAndStop(TestingJob job, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Output undisturbed = undisturbed(job.learning());

        String savepoint = stop(job.startUpTo(PART, cluster), false);

        assertThat(new TestingSavepoint(savepoint).eventClock()).doesNotContainKey("drained");
        assertThat(job.run(savepoint)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void restoreWithMoreAndThenFewerSubtasks(TestingJob job, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Output undisturbed = undisturbed(job.learning());

        String alone = stop(job.parallelism(1).startUpTo(PART, cluster), false);
        String three = stop(job.parallelism(3).startUpTo(PART / 2, cluster, alone), false);

        assertThat(job.parallelism(2).run(three)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void cancelAndRestoreFromTheRetainedCheckpoint(
            TestingJob job, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Output undisturbed = undisturbed(job.learning());
        JobClient running = job.startUpTo(PART, cluster);

        String checkpoint =
                cluster.triggerCheckpoint(running.getJobID())
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        running.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(job.run(checkpoint)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void failureInUserCode(TestingJob job, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Output undisturbed = undisturbed(job.learning());
        JobClient running = job.startUpTo(PART, cluster);
        cluster.triggerCheckpoint(running.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        FailWhenToldFunction.tell();
        Gate.open();

        assertThat(TestingJob.end(running)).isEqualTo(undisturbed);
        assertThat(FailWhenToldFunction.hasFailed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void stopWithDrainStepsWhatIsHeld(TestingJob job, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Output undisturbed = undisturbed(job.learning());
        JobClient running = job.startUpTo(PART, cluster);

        String savepoint = stop(running, true);

        List<Forecast<String>> drained = TestingJob.end(running).forecasts();
        long passed = FailWhenToldFunction.seen();
        assertThat(passed).isGreaterThan(PART / 2);
        assertThat(drained).isEqualTo(first(passed, undisturbed.forecasts()));
        assertThat(new TestingSavepoint(savepoint).eventClock()).containsKey("drained");
        assertThat(new TestingSavepoint(savepoint).records("trainer", "held-events")).isZero();
        assertThat(new TestingSavepoint(savepoint).records("trainer", "pending-windows")).isZero();
    }

    /** The forecasts of the first so many events. */
    private static List<Forecast<String>> first(long events, List<Forecast<String>> all) {
        return all.stream().filter(forecast -> TestingJob.index(forecast) < events).toList();
    }

    private static String stop(JobClient job, boolean drain) throws Exception {
        return job.stopWithSavepoint(
                        drain, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
