package org.cellstream.benchmarks.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cellstream.benchmarks.chaos.FlinkRest;
import org.cellstream.benchmarks.chaos.LocalCluster;
import org.jspecify.annotations.Nullable;

/** A {@link KeysJob} on a cluster: what it has done, and its checkpoints. */
final class RunningKeysJob {

    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    private final FlinkRest flink;
    private final String id;
    private final String subtasks;

    /**
     * A checkpoint that was asked for.
     *
     * @param path where it is
     * @param askedMillis when it began
     * @param doneMillis when the last subtask had written its part
     * @param uploadedBytes what was written for it
     * @param allBytes what it consists of
     */
    record Checkpoint(
            String path, long askedMillis, long doneMillis, long uploadedBytes, long allBytes) {}

    private RunningKeysJob(FlinkRest flink, String id, String subtasks) {
        this.flink = flink;
        this.id = id;
        this.subtasks = subtasks;
    }

    /**
     * Submits a job and waits until it runs.
     *
     * @param checkpoint where to go on from; null to start fresh
     * @param arguments of the job
     */
    static RunningKeysJob submit(
            LocalCluster cluster, Path home, @Nullable String checkpoint, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("flink", "run", "-d"));
        if (checkpoint != null) {
            // Its files become the job's own, so that the next checkpoint can build on them.
            command.addAll(List.of("-s", checkpoint, "-claimMode", "CLAIM"));
        }
        command.add("-C");
        command.add(KeysJob.class.getProtectionDomain().getCodeSource().getLocation().toString());
        command.addAll(List.of("-c", KeysJob.class.getName()));
        command.add(home.resolve("deploy/target/cellstream-job.jar").toString());
        command.addAll(arguments);
        String said = cluster.run(command.toArray(String[]::new));
        Matcher id = JOB_ID.matcher(said);
        if (!id.find()) {
            throw new IOException("Flink named no job; it said: " + said);
        }
        FlinkRest flink = new FlinkRest(cluster.web());
        String job = "/jobs/" + id.group(1);
        awaitRunning(flink, job);
        return new RunningKeysJob(flink, id.group(1), job + "/vertices/" + worker(flink, job));
    }

    private static void awaitRunning(FlinkRest flink, String job) throws IOException {
        while (true) {
            JsonNode answer = flink.get(job);
            String state = answer.get("state").asText();
            int running = 0;
            for (JsonNode vertex : answer.get("vertices")) {
                running += vertex.get("status").asText().equals("RUNNING") ? 1 : 0;
            }
            if (state.equals("RUNNING") && running == answer.get("vertices").size()) {
                return;
            }
            if (!state.equals("RUNNING")
                    && !state.equals("CREATED")
                    && !state.equals("INITIALIZING")) {
                throw new IOException(
                        "the job is " + state + ": " + flink.get(job + "/exceptions"));
            }
            FlinkRest.pause();
        }
    }

    /** The vertex that has the tally in it. */
    private static String worker(FlinkRest flink, String job) throws IOException {
        for (JsonNode vertex : flink.get(job).get("vertices")) {
            if (vertex.get("name").asText().contains(TallyFilter.NAME)) {
                return vertex.get("id").asText();
            }
        }
        throw new IOException("the job has no operator " + TallyFilter.NAME);
    }

    /** A metric of the forecaster, as {@code sum} or {@code max} of its subtasks. */
    long forecaster(String name, String how) throws IOException {
        return metric(KeysJob.LSTM + ".cellstream." + name, how);
    }

    private long metric(String name, String how) throws IOException {
        JsonNode values = flink.get(subtasks + "/subtasks/metrics?get=" + name + "&agg=" + how);
        // Until the JobManager has asked the TaskManagers there is none.
        return values.isEmpty() ? 0 : values.get(0).get(how).asLong();
    }

    /** A number of the {@link TallyFilter}. */
    long tally(String name, String how) throws IOException {
        return metric(TallyFilter.NAME + "." + name, how);
    }

    /** Waits until there have been so many results since the job was started. */
    void await(long results) throws IOException {
        while (!has(results)) {
            String state = flink.get("/jobs/" + id).get("state").asText();
            if (!state.equals("RUNNING")) {
                throw new IOException(
                        "the job is " + state + ": " + flink.get("/jobs/" + id + "/exceptions"));
            }
            FlinkRest.pause();
        }
    }

    private boolean has(long results) throws IOException {
        try {
            return tally(TallyFilter.COUNT, "sum") >= results;
        } catch (HttpTimeoutException busy) {
            return false;
        }
    }

    /** How fast so many results came, all there are so far. */
    double ratePerSecond(long results) throws IOException {
        long first = tally(TallyFilter.FIRST, "min");
        return results * 1000.0 / (tally(TallyFilter.LAST, "max") - first);
    }

    /** Makes a checkpoint. */
    Checkpoint checkpoint() throws IOException {
        String path = flink.checkpoint(id);
        JsonNode details = flink.get(path);
        return new Checkpoint(
                details.get("external_path").asText(),
                details.get("trigger_timestamp").asLong(),
                details.get("latest_ack_timestamp").asLong(),
                details.get("checkpointed_size").asLong(),
                details.get("state_size").asLong());
    }

    /** Ends the job; its last checkpoints stay. */
    void cancel() throws IOException {
        flink.cancel(id);
    }
}
