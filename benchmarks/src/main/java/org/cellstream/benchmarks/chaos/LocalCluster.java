package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cluster that {@code deploy/local/cluster} starts on ports that are free, in a folder of its
 * own. It is stopped when it is closed, or when this process ends.
 */
public final class LocalCluster implements AutoCloseable {

    private static final List<String> PORTS =
            List.of("web", "kafka", "controller", "zookeeper", "rpc", "blob");
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

    private final Path script;
    private final Path folder;
    private final List<Integer> ports;
    private final Thread stopAtExit = new Thread(this::stop, "stop-cluster");

    /**
     * Starts a cluster.
     *
     * @param taskManagers TaskManagers with one slot each
     */
    LocalCluster(Path home, Path folder, int taskManagers) throws IOException {
        this(home, folder, taskManagers, List.of("--slots", "1"));
    }

    /**
     * Starts a cluster.
     *
     * @param options of {@code deploy/local/cluster start}
     */
    public LocalCluster(Path home, Path folder, int taskManagers, List<String> options)
            throws IOException {
        this.script = home.resolve("deploy/local/cluster");
        this.folder = folder;
        this.ports = freePorts();
        List<String> arguments =
                new ArrayList<>(List.of("start", "--taskmanagers", "" + taskManagers));
        arguments.addAll(options);
        for (int i = 0; i < PORTS.size(); i++) {
            arguments.addAll(List.of("--port", PORTS.get(i) + "=" + ports.get(i)));
        }
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        run(arguments.toArray(String[]::new));
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < PORTS.size(); i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
                ports.add(sockets.get(i).getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Where Kafka's clients connect. */
    String kafka() {
        return "127.0.0.1:" + ports.get(PORTS.indexOf("kafka"));
    }

    /** Where the JobManager answers, as {@code http://127.0.0.1:8081}. */
    public String web() {
        return "http://127.0.0.1:" + ports.get(PORTS.indexOf("web"));
    }

    public Path folder() {
        return folder;
    }

    /**
     * Submits a job and returns its id.
     *
     * @param config its file, as for {@code cellstream run}
     */
    String submit(Path config) throws IOException {
        String said = run("run", "--config", config.toString());
        Matcher id = JOB_ID.matcher(said);
        if (!id.find()) {
            throw new IOException("Flink named no job; it said: " + said);
        }
        return id.group(1);
    }

    /** The TaskManagers whose processes run, as {@code taskmanager-3}. */
    List<String> taskManagers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pids"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("taskmanager-"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Runs a command of the cluster to its end.
     *
     * @return what it said
     * @throws IOException if it failed
     */
    public String run(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(script.toString(), "--folder", folder.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "deploy/local/cluster %s ended with code %d: %s"
                                .formatted(String.join(" ", arguments), code, said.strip()));
            }
            return said;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted during " + arguments[0]).initCause(e);
        }
    }

    private void stop() {
        try {
            run("stop");
        } catch (IOException e) {
            System.err.println("cannot stop the cluster in " + folder + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }
}
