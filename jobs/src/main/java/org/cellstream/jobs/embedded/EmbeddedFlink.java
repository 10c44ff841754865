package org.cellstream.jobs.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How a Flink inside this process is set: state on RocksDB, incremental checkpoints in a folder
 * that stay when the job is cancelled, little memory, loopback addresses only. A job that fails is
 * tried three times more.
 */
@Internal
public final class EmbeddedFlink {

    /** Port of the web UI unless something else has it. */
    public static final int USUAL_WEB_PORT = 8081;

    /** System property with the path of this process's log, which the web UI shows. */
    private static final String LOG = "cellstream.log";

    private static final String HOST = "127.0.0.1";
    private static final int RESTARTS = 3;

    private final Configuration configuration = new Configuration();

    /**
     * @param temporary where Flink keeps files of the moment; made here
     * @param checkpoints where checkpoints go; made here
     */
    public EmbeddedFlink(Path temporary, Path checkpoints) throws IOException {
        Files.createDirectories(temporary);
        Files.createDirectories(checkpoints);
        setFolders(temporary.toString(), checkpoints);
        setCheckpoints();
        setAddresses();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    }

    private void setFolders(String temporary, Path checkpoints) {
        configuration.set(CoreOptions.TMP_DIRS, temporary);
        configuration.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
        configuration.set(WebOptions.TMP_DIR, temporary);
        String log = System.getProperty(LOG);
        if (log != null) {
            configuration.set(WebOptions.LOG_PATH, log);
        }
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    }

    private void setCheckpoints() {
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    private void setAddresses() {
        configuration.set(JobManagerOptions.ADDRESS, HOST);
        configuration.set(JobManagerOptions.BIND_HOST, HOST);
        configuration.set(TaskManagerOptions.HOST, HOST);
        configuration.set(TaskManagerOptions.BIND_HOST, HOST);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        configuration.set(RestOptions.BIND_PORT, "0");
    }

    /**
     * The same with a page to watch the job in a browser; port 8081, or another one if that is
     * taken.
     */
    public int offerWebUi() throws IOException {
        return offerWebUi(USUAL_WEB_PORT);
    }

    /**
     * The same on a port of the user's choice.
     *
     * @param wanted the port; another one is taken if something else has it, and any that is free
     *     for 0
     */
    public int offerWebUi(int wanted) throws IOException {
        int port = webPort(wanted);
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        return port;
    }

    private static int webPort(int wanted) throws IOException {
        InetAddress host = InetAddress.getByName(HOST);
        try (ServerSocket usual = new ServerSocket(wanted, 1, host)) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket free = new ServerSocket(0, 1, host)) {
                return free.getLocalPort();
            }
        }
    }

    /** Lets the job go on from a checkpoint, which from then on is the job's own to delete. */
    public void resumeFrom(Path checkpoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    }

    /** Lets the job start from a savepoint, which stays as it is. */
    public void startFrom(Path savepoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    }

    /** Lets tasks tell what their accumulators hold so often. */
    public void tellEvery(Duration interval) {
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, interval);
    }

    /** Where a job is put together. */
    public StreamExecutionEnvironment environment() {
        return configuration.contains(RestOptions.PORT)
                ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration)
                : StreamExecutionEnvironment.createLocalEnvironment(configuration);
    }
}
