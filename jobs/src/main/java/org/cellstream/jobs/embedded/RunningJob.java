package org.cellstream.jobs.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that was started in a Flink inside this process, until it ends or is closed. */
@Internal
public final class RunningJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final long PATIENCE_SECONDS = 15;

    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> end;

    private RunningJob(JobClient client) {
        this.client = client;
        end = client.getJobExecutionResult();
    }

    /**
     * Starts what was put together in {@code environment}.
     *
     * @throws InterruptedException if this thread is interrupted; nothing runs then
     */
    public static RunningJob start(StreamExecutionEnvironment environment, String name)
            throws Exception {
        // A thread of its own, because Flink interrupted at its start fails as if it were broken.
        FutureTask<JobClient> start = new FutureTask<>(() -> environment.executeAsync(name));
        Thread thread = new Thread(start, "start-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return new RunningJob(start.get());
        } catch (InterruptedException e) {
            cancel(start);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Ends what is still about to start. */
    private static void cancel(FutureTask<JobClient> start) throws InterruptedException {
        try {
            new RunningJob(start.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).close();
        } catch (ExecutionException failed) {
            LOG.debug("the job did not start", failed);
        } catch (TimeoutException e) {
            LOG.warn("the job that was interrupted did not start for {} s", PATIENCE_SECONDS);
        }
    }

    /**
     * Whether the job has done all there was to do.
     *
     * @throws IOException if it failed instead; the message holds the first cause
     */
    public boolean isDone() throws IOException, InterruptedException {
        if (!end.isDone()) {
            return false;
        }
        try {
            end.get();
            return true;
        } catch (ExecutionException e) {
            throw new IOException("the job failed: " + firstCause(e), e);
        }
    }

    /**
     * Whether the job has failed and is about to be tried again; false once its cluster has ended.
     */
    public boolean isRestarting() throws InterruptedException {
        try {
            return client.getJobStatus().get() == JobStatus.RESTARTING;
        } catch (ExecutionException | IllegalStateException ended) {
            return false;
        }
    }

    /**
     * What the job's accumulators hold, as far as its tasks have told.
     *
     * @throws IOException if the job has ended
     */
    public Map<String, Object> accumulators() throws IOException, InterruptedException {
        try {
            return client.getAccumulators().get();
        } catch (ExecutionException | IllegalStateException e) {
            throw new IOException("the job has ended: " + firstCause(e), e);
        }
    }

    /** What the accumulators of a job that is done held at its end. */
    public Map<String, Object> results() {
        return end.join().getAllAccumulatorResults();
    }

    /**
     * Stops the job with a savepoint that any state backend can restore. Nothing is drained: the
     * job that goes on from it has not ended.
     *
     * @param folder in which the savepoint gets a folder of its own
     * @return the savepoint's folder
     * @throws IOException if there is no savepoint; the message holds the first cause
     */
    public Path stopWithSavepoint(Path folder) throws IOException, InterruptedException {
        try {
            String savepoint =
                    client.stopWithSavepoint(
                                    false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get();
            end.get();
            return Path.of(URI.create(savepoint));
        } catch (ExecutionException e) {
            throw new IOException("there is no savepoint: " + firstCause(e), e);
        }
    }

    private static String firstCause(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }

    /** Cancels the job if it still runs, and waits for its end. */
    @Override
    public void close() {
        if (end.isDone()) {
            return;
        }
        try {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException cancelled) {
            LOG.debug("the job has ended", cancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("the job did not end within {} seconds of being cancelled", PATIENCE_SECONDS);
        }
    }
}
