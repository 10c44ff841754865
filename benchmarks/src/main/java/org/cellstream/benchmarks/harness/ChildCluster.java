package org.cellstream.benchmarks.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.cellstream.jobs.embedded.EmbeddedFlink;

/**
 * A Flink in this JVM that runs one job, on RocksDB with incremental checkpoints, and makes
 * checkpoints when asked to.
 */
public final class ChildCluster {

    private static final long PATIENCE_MINUTES = 10;
    private static final int BETWEEN_LOOKS_MILLIS = 20;

    private final MiniCluster cluster;
    private final JobID job;

    private ChildCluster(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** Where a job is put together, with the settings of the command line's jobs. */
    public static StreamExecutionEnvironment environment(Path folder) throws Exception {
        EmbeddedFlink flink =
                new EmbeddedFlink(folder.resolve("tmp"), folder.resolve("checkpoints"));
        StreamExecutionEnvironment env = flink.environment();
        Configuration settings = new Configuration();
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        // A job that was tried again would be measured in two parts.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true); // as the jobs of the command line
        env.configure(settings);
        return env;
    }

    /** Runs what was put together; returns once all of it runs. */
    public static ChildCluster start(StreamExecutionEnvironment env, int slots) throws Exception {
        return start(env, env.getStreamGraph(), slots);
    }

    /** The same for a graph that was made from what was put together, and changed. */
    public static ChildCluster start(StreamExecutionEnvironment env, StreamGraph streams, int slots)
            throws Exception {
        JobGraph graph = streams.getJobGraph();
        Configuration configuration = new Configuration((Configuration) env.getConfiguration());
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .withRandomPorts()
                                .build());
        cluster.start();
        JobID job = cluster.submitJob(graph).get().getJobID();
        ChildCluster child = new ChildCluster(cluster, job);
        child.awaitRunning();
        return child;
    }

    private void awaitRunning() throws Exception {
        while (cluster.getJobStatus(job).get() != JobStatus.RUNNING || !allRun()) {
            check();
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private boolean allRun() throws Exception {
        for (AccessExecutionVertex vertex :
                cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** Fails if the job has failed. */
    public void check() throws Exception {
        JobStatus status = cluster.getJobStatus(job).get();
        if (status.isTerminalState() || status == JobStatus.FAILING) {
            cluster.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
            throw new IllegalStateException("the job is " + status);
        }
    }

    /** Asks for a checkpoint; done when it is complete. */
    public CompletableFuture<Long> checkpoint() {
        return cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED)
                .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** The same; gives the nanoseconds from the question to the end. */
    public CompletableFuture<Long> timedCheckpoint() {
        long start = System.nanoTime();
        return checkpoint().thenApply(id -> System.nanoTime() - start);
    }

    /**
     * A checkpoint that is complete.
     *
     * @param begunMillis when it was asked for, epoch milliseconds
     * @param endedMillis when the last of it was kept
     */
    public record CheckpointTime(long begunMillis, long endedMillis) {}

    /** The last checkpoints. */
    public List<CheckpointTime> checkpoints() throws Exception {
        CheckpointStatsSnapshot statistics =
                cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
        return statistics == null
                ? List.of()
                : statistics.getHistory().getCheckpoints().stream()
                        .filter(checkpoint -> checkpoint.getEndToEndDuration() >= 0)
                        .map(ChildCluster::time)
                        .toList();
    }

    private static CheckpointTime time(AbstractCheckpointStats checkpoint) {
        long begun = checkpoint.getTriggerTimestamp();
        return new CheckpointTime(begun, begun + checkpoint.getEndToEndDuration());
    }
}
