package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.cellstream.TestingJob.Learning;
import org.cellstream.TestingJob.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What unaligned checkpoints keep of events in flight, where forecasts are taken too slowly: since
 * the weights come to the forecaster by broadcast, Flink lets it align all of its inputs.
 */
class UnalignedCheckpointsITCase {

    private static final int PART = TestingJob.EVENTS / 2 + 5;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir static Path folder;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .setConfiguration(smallBuffers())
                            .build());

    private static Configuration smallBuffers() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
        return configuration;
    }

    @Test
    void keepWhatTheForecasterPutOutButNotWhatComesToIt(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        TestingJob job = TestingJob.of(Learning.NONE, true, true, folder);
        Output undisturbed = job.run();
        JobClient running = job.underPressure(true).startUpTo(PART, cluster);

        String checkpoint =
                cluster.triggerCheckpoint(running.getJobID())
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Map<String, Long> inFlight = inFlight(cluster, running);
        running.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        TestingSavepoint kept = new TestingSavepoint(checkpoint);
        assertThat(kept.inputsInFlight("forecaster")).isZero();
        assertThat(kept.outputsInFlight("events")).isZero();
        assertThat(kept.outputsInFlight("forecaster"))
                .isPositive()
                .isEqualTo(inFlight.get("forecaster"));
        assertThat(kept.inputsInFlight("take"))
                .isPositive()
                .isEqualTo(inFlight.get("take -> forecasts"));
        assertThat(job.run(checkpoint)).isEqualTo(undisturbed);
    }

    /** Bytes in flight by the statistics of the last checkpoint, by the vertex that kept them. */
    private static Map<String, Long> inFlight(MiniCluster cluster, JobClient job) throws Exception {
        AccessExecutionGraph graph =
                cluster.getExecutionGraph(job.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        AbstractCheckpointStats last =
                graph.getCheckpointStatsSnapshot().getHistory().getCheckpoints().get(0);
        Map<String, Long> inFlight = new HashMap<>();
        for (AccessExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            TaskStateStats stats = last.getTaskStateStats(vertex.getJobVertexId());
            inFlight.put(vertex.getName(), stats.getPersistedDataStats());
        }
        return inFlight;
    }
}
