package org.cellstream.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time between a kill and the next committed forecast went, in seconds, from what the
 * JobManager says. Forecasts of a checkpoint that was complete before the kill do not count,
 * whenever they are committed.
 *
 * @param detection from the kill until the job failed
 * @param scheduling until the last task was deployed: the others were cancelled, the restart was
 *     waited for, slots were found
 * @param restore until the last task was running: classes loaded, state restored, Kafka's clients
 *     and transactions set up
 * @param firstCheckpoint until the first checkpoint was complete
 * @param commit until a reader had the first forecast that it committed
 * @param fresh from the kill until a reader had a forecast of an event that was sent after it: the
 *     job had caught up by then
 * @param checkpoint what the first checkpoint waited for: the longest of each kind over all
 *     subtasks
 */
record RecoveryTimes(
        double detection,
        double scheduling,
        double restore,
        double firstCheckpoint,
        double commit,
        double fresh,
        String checkpoint) {

    /** What a checkpoint's statistics call the waits of a subtask. */
    private static final List<String> WAITS =
            List.of(
                    "start_delay",
                    "alignment/duration",
                    "checkpoint_duration/sync",
                    "checkpoint_duration/async");

    /**
     * Asks the JobManager.
     *
     * @param kill when the process was killed, epoch milliseconds
     * @param watch has looked for forecasts of events sent after the kill, and found one
     */
    static RecoveryTimes ask(FlinkRest flink, String job, long kill, CommitWatch watch)
            throws IOException {
        long failed = failure(flink.get("/jobs/" + job + "/exceptions"), kill);
        long deployed = 0;
        long running = 0;
        JsonNode vertices = flink.get("/jobs/" + job).get("vertices");
        for (JsonNode vertex : vertices) {
            String path = "/jobs/" + job + "/vertices/" + vertex.get("id").asText();
            for (JsonNode subtask : flink.get(path + "/subtasktimes").get("subtasks")) {
                deployed = Math.max(deployed, time(subtask, "INITIALIZING"));
                running = Math.max(running, time(subtask, "RUNNING"));
            }
        }
        JsonNode first = firstCheckpoint(flink.get("/jobs/" + job + "/checkpoints"), running);
        long complete = first.get("latest_ack_timestamp").asLong();
        return new RecoveryTimes(
                seconds(kill, failed),
                seconds(failed, deployed),
                seconds(deployed, running),
                seconds(running, complete),
                seconds(complete, watch.firstSince(complete)),
                seconds(kill, watch.fresh()),
                waits(flink, "/jobs/" + job + "/checkpoints/details/" + first.get("id"), vertices)
                        + ", triggered "
                        + seconds(running, first.get("trigger_timestamp").asLong()));
    }

    private static String waits(FlinkRest flink, String path, JsonNode vertices)
            throws IOException {
        Map<String, Double> longest = new LinkedHashMap<>();
        for (JsonNode vertex : vertices) {
            JsonNode summary =
                    flink.get(path + "/subtasks/" + vertex.get("id").asText()).get("summary");
            for (String wait : WAITS) {
                double seconds = summary.at("/" + wait + "/max").asLong() * 1e-3;
                longest.merge(
                        wait.replaceFirst(".*/", "").replace("duration", "alignment"),
                        seconds,
                        Math::max);
            }
        }
        return longest.toString();
    }

    private static long time(JsonNode subtask, String state) {
        return subtask.at("/timestamps/" + state).asLong();
    }

    private static long failure(JsonNode exceptions, long kill) throws IOException {
        long first = Long.MAX_VALUE;
        for (JsonNode entry : exceptions.at("/exceptionHistory/entries")) {
            long time = entry.get("timestamp").asLong();
            if (time >= kill) {
                first = Math.min(first, time);
            }
        }
        if (first == Long.MAX_VALUE) {
            throw new IOException("the JobManager knows of no failure after the kill");
        }
        return first;
    }

    private static JsonNode firstCheckpoint(JsonNode checkpoints, long running) throws IOException {
        JsonNode first = null;
        for (JsonNode checkpoint : checkpoints.get("history")) { // the newest is first
            if (checkpoint.get("status").asText().equals("COMPLETED")
                    && checkpoint.get("latest_ack_timestamp").asLong() >= running) {
                first = checkpoint;
            }
        }
        if (first == null) {
            throw new IOException("the JobManager knows of no checkpoint after the restart");
        }
        return first;
    }

    private static double seconds(long from, long to) {
        return (to - from) * 1e-3;
    }

    double sum() {
        return detection + scheduling + restore + firstCheckpoint + commit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f s: detection %.1f, scheduling %.1f, restore %.1f, first checkpoint %.1f %s, commit %.1f; caught up %.1f",
                sum(),
                detection,
                scheduling,
                restore,
                firstCheckpoint,
                checkpoint,
                commit,
                fresh);
    }
}
