package org.cellstream.jobs;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a cluster inside this process, whose one task manager can be taken away. */
final class CrashableJob implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final MiniCluster cluster;
    private final JobID job;

    private CrashableJob(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    static CrashableJob start(StreamExecutionEnvironment env) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration((Configuration) env.getConfiguration())
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(env.getParallelism())
                                .build());
        cluster.start();
        return new CrashableJob(
                cluster, cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID());
    }

    /** Ends the task manager in the middle of its work and starts another one. */
    void crash() throws Exception {
        cluster.terminateTaskManager(0).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.startTaskManager();
    }

    /** Takes a savepoint in a folder, and lets the job run. */
    Path savepoint(Path folder) throws Exception {
        String savepoint =
                cluster.triggerSavepoint(
                                job,
                                folder.toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Path.of(URI.create(savepoint));
    }

    @Override
    public void close() {
        cluster.cancelJob(job).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        cluster.closeAsync().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
