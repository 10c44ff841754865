package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cellstream.benchmarks.chaos.Mischief.Blow;
import org.cellstream.benchmarks.chaos.Mischief.Victim;

/**
 * Kills processes of a cluster, and starts others in their place in the background, as the keeper
 * of a real one would.
 */
final class Assailant implements AutoCloseable {

    private static final long LONGEST_START_SECONDS = 200;

    private final LocalCluster cluster;
    private final FlinkRest flink;
    private final ExecutorService background = Executors.newCachedThreadPool();
    private final List<String> happened = new ArrayList<>();
    private final Map<Victim, Integer> hits = new EnumMap<>(Victim.class);

    Assailant(LocalCluster cluster) {
        this.cluster = cluster;
        this.flink = new FlinkRest(cluster.web());
    }

    /**
     * Strikes now.
     *
     * @param seconds the time, for the record
     */
    void strike(Blow blow, double seconds) throws IOException {
        String name =
                switch (blow.victim()) {
                    case TASK_MANAGER -> killTaskManager(blow.draw());
                    case JOB_MANAGER -> killJobManager();
                    case BROKER -> restartBroker();
                };
        hits.merge(blow.victim(), 1, Integer::sum);
        happened.add(String.format(Locale.ROOT, "%.1f s %s", seconds, name));
    }

    private String killTaskManager(int draw) throws IOException {
        List<String> candidates = busyTaskManagers();
        while (candidates.isEmpty()) {
            FlinkRest.pause();
            candidates = busyTaskManagers();
        }
        String name = candidates.get(draw % candidates.size());
        cluster.run("kill-taskmanager", name.substring("taskmanager-".length()));
        inBackground("add-taskmanager");
        return "kill " + name;
    }

    /** Those that work for the job; all, if the JobManager cannot say which do. */
    private List<String> busyTaskManagers() throws IOException {
        List<String> all = cluster.taskManagers();
        Set<String> busy;
        try {
            busy = flink.busyTaskManagers();
        } catch (IOException gone) {
            return all;
        }
        List<String> working = all.stream().filter(busy::contains).toList();
        return working.isEmpty() ? all : working;
    }

    private String killJobManager() throws IOException {
        cluster.run("kill-jobmanager");
        inBackground("start-jobmanager");
        return "kill jobmanager";
    }

    private String restartBroker() {
        inBackground("restart-kafka");
        return "restart kafka";
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it starts may be killed while it starts
    private void inBackground(String command) {
        background.submit(() -> cluster.run(command));
    }

    int hits(Victim victim) {
        return hits.getOrDefault(victim, 0);
    }

    /** What was done, in order. */
    List<String> happened() {
        return List.copyOf(happened);
    }

    /** Waits until what was started is up. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
