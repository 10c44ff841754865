package org.cellstream.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a JobManager says of itself, and ending a job. One thread. */
public final class FlinkRest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_SAVEPOINT = Duration.ofMinutes(2);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String address;

    /**
     * @param address as {@code http://127.0.0.1:8081}
     */
    public FlinkRest(String address) {
        this.address = address;
    }

    /** The answer to a question, as {@code /jobs/overview}. */
    public JsonNode get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    private JsonNode post(String path, String body) throws IOException {
        return send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Ends a job; its retained checkpoints stay. */
    public void cancel(String job) throws IOException {
        send(
                HttpRequest.newBuilder(URI.create(address + "/jobs/" + job + "?mode=cancel"))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody()));
        while (!get("/jobs/" + job).get("state").asText().equals("CANCELED")) {
            pause();
        }
    }

    /**
     * Makes a checkpoint of a job, however long that takes.
     *
     * @return where to ask for its statistics
     */
    public String checkpoint(String job) throws IOException {
        String checkpoints = "/jobs/" + job + "/checkpoints";
        String request =
                post(checkpoints, "{\"checkpointType\": \"CONFIGURED\"}")
                        .get("request-id")
                        .asText();
        JsonNode answer = get(checkpoints + "/" + request);
        while (!answer.at("/status/id").asText().equals("COMPLETED")) {
            pause();
            answer = get(checkpoints + "/" + request);
        }
        JsonNode id = answer.at("/operation/checkpointId");
        if (id.isMissingNode()) {
            throw new IOException("the checkpoint failed: " + answer.at("/operation"));
        }
        // Statistics come a little later.
        while (get(checkpoints).at("/latest/completed/id").asLong() < id.asLong()) {
            pause();
        }
        return checkpoints + "/details/" + id.asLong();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(
                            request.timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != OK && response.statusCode() != ACCEPTED) {
                throw new IOException(
                        "the JobManager answers %d: %s"
                                .formatted(response.statusCode(), response.body()));
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The TaskManagers that have given slots to a job, by the names of their processes. */
    Set<String> busyTaskManagers() throws IOException {
        Set<String> busy = new HashSet<>();
        for (JsonNode manager : get("/taskmanagers").get("taskmanagers")) {
            if (manager.get("freeSlots").asInt() < manager.get("slotsNumber").asInt()) {
                busy.add(manager.get("id").asText());
            }
        }
        return busy;
    }

    /** How many TaskManagers are registered. */
    int taskManagers() throws IOException {
        return get("/overview").get("taskmanagers").asInt();
    }

    /** How many checkpoints of a job were completed, since the JobManager started. */
    public long checkpoints(String job) throws IOException {
        return get("/jobs/" + job + "/checkpoints").at("/counts/completed").asLong();
    }

    /**
     * Stops a job: whatever it holds is stepped and emitted first.
     *
     * @return the folder of its savepoint
     */
    Path drain(String job, Path savepoints) throws IOException {
        String body = "{\"drain\": true, \"targetDirectory\": \"" + savepoints.toUri() + "\"}";
        String request = post("/jobs/" + job + "/stop", body).get("request-id").asText();
        long deadline = System.nanoTime() + LONGEST_SAVEPOINT.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
            if (answer.at("/status/id").asText().equals("COMPLETED")) {
                JsonNode location = answer.at("/operation/location");
                if (location.isMissingNode()) {
                    throw new IOException(
                            "the job could not be stopped: " + answer.at("/operation"));
                }
                return Path.of(URI.create(location.asText()));
            }
            pause();
        }
        throw new IOException(
                "the job was not stopped within " + LONGEST_SAVEPOINT.toSeconds() + " s");
    }

    /** Waits a little. */
    public static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
}
