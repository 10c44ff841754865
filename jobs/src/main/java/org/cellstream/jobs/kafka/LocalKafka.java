package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker inside this process: one KRaft node, the class that production brokers run, on the
 * loopback address only. Its data lies in a folder; opening the folder again finds the same
 * cluster, its topics and, unless somebody else took it, the same address. Topics are never made by
 * accident, a transaction may stay open for weeks, and nothing expires by age: record timestamps
 * are event times, which may be years ago.
 */
@Internal
public final class LocalKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String BROKER_PORT = "cellstream.broker.port";
    private static final String CONTROLLER_PORT = "cellstream.controller.port";

    /** Another process may take a port between our finding it free and the broker's binding it. */
    private static final int ATTEMPTS = 3;

    private static final Map<String, String> ONE_NODE =
            Map.ofEntries(
                    Map.entry("process.roles", "broker,controller"),
                    Map.entry("node.id", "1"),
                    Map.entry(
                            "listener.security.protocol.map",
                            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                    Map.entry("controller.listener.names", "CONTROLLER"),
                    Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("transaction.state.log.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                    Map.entry("share.coordinator.state.topic.min.isr", "1"),
                    Map.entry("auto.create.topics.enable", "false"),
                    Map.entry("transaction.max.timeout.ms", Integer.toString(Integer.MAX_VALUE)),
                    Map.entry("log.retention.ms", "-1"),
                    Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));

    private static final Map<String, String> SMALL =
            Map.of(
                    "offsets.topic.num.partitions", "1",
                    "transaction.state.log.num.partitions", "1",
                    "share.coordinator.state.topic.num.partitions", "1",
                    "group.initial.rebalance.delay.ms", "0",
                    "num.network.threads", "2",
                    "num.io.threads", "2",
                    "background.threads", "2",
                    "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final FileChannel lock;

    private LocalKafka(KafkaRaftServer server, String bootstrapServers, FileChannel lock) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.lock = lock;
    }

    /**
     * Starts a broker, some four seconds in a fresh JVM.
     *
     * @param folder where its data is or shall be; made if it is not there
     * @throws IOException if the folder cannot be written, or another broker is using it
     * @throws IllegalStateException if the broker does not come up
     */
    public static LocalKafka start(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = lock(folder);
        try {
            return start(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Kafka's own lock comes too late: by then two brokers have written to the same metadata. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // By this very process, which is no better.
        }
        channel.close();
        throw new IOException(
                "another broker has its data in " + folder + "; stop it, or take another folder");
    }

    private static LocalKafka start(Path folder, FileChannel lock) throws IOException {
        Path file = folder.resolve("server.properties");
        Properties last = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                last.load(in);
            }
        }
        RuntimeException failure = new IllegalStateException("no broker was started in " + folder);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Properties properties = properties(folder, attempt == 0 ? last : new Properties());
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            format(folder, file);
            try {
                String address = HOST + ":" + properties.getProperty(BROKER_PORT);
                return new LocalKafka(start(properties), address, lock);
            } catch (RuntimeException e) {
                failure =
                        new IllegalStateException(
                                "broker in " + folder + " did not start: " + e.getMessage(), e);
            }
        }
        throw failure;
    }

    private static KafkaRaftServer start(Properties properties) {
        // A broker that cannot start ends its process; this one lives in somebody else's.
        Exit.setExitProcedure(LocalKafka::failInstead);
        Exit.setHaltProcedure(LocalKafka::failInstead);
        try {
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return server;
        } finally {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static void failInstead(int code, String message) {
        throw new IllegalStateException(message == null ? "exit code " + code : message);
    }

    /** Gives the folder a cluster id, once. */
    private static void format(Path folder, Path file) throws IOException {
        if (Files.exists(data(folder).resolve("meta.properties"))) {
            return;
        }
        String id = Uuid.randomUuid().toString();
        String[] arguments = {"format", "-t", id, "-c", file.toString()};
        int code = StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream()));
        if (code != 0) {
            throw new IOException("cannot format " + data(folder) + " for a broker, code " + code);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static Properties properties(Path folder, Properties last) throws IOException {
        int[] ports = freePorts(last.getProperty(BROKER_PORT), last.getProperty(CONTROLLER_PORT));
        String broker = "PLAINTEXT://" + HOST + ":" + ports[0];
        String controller = HOST + ":" + ports[1];
        Properties properties = new Properties();
        properties.setProperty(BROKER_PORT, Integer.toString(ports[0]));
        properties.setProperty(CONTROLLER_PORT, Integer.toString(ports[1]));
        properties.setProperty("controller.quorum.voters", "1@" + controller);
        properties.setProperty("listeners", broker + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty("log.dirs", data(folder).toString());
        properties.putAll(ONE_NODE);
        properties.putAll(SMALL);
        return properties;
    }

    /** Ports that are free now, the wanted ones if they are. */
    private static int[] freePorts(String... wanted) throws IOException {
        ServerSocket[] sockets = new ServerSocket[wanted.length];
        int[] ports = new int[wanted.length];
        try {
            for (int i = 0; i < wanted.length; i++) {
                sockets[i] = bind(wanted[i] == null ? 0 : Integer.parseInt(wanted[i]));
                ports[i] = sockets[i].getLocalPort();
            }
        } finally {
            for (ServerSocket socket : sockets) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
        return ports;
    }

    private static ServerSocket bind(int wanted) throws IOException {
        InetAddress host = InetAddress.getByName(HOST);
        try {
            return new ServerSocket(wanted, 1, host);
        } catch (IOException taken) {
            return new ServerSocket(0, 1, host);
        }
    }

    /** Where clients connect, as {@code 127.0.0.1:39092}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Makes a topic; one that is there already stays as it is.
     *
     * @param config settings of the topic, as {@code cleanup.policy=compact}
     */
    public void createTopic(String name, int partitions, Map<String, String> config)
            throws IOException {
        try (Topics topics = Topics.connect(Map.of("bootstrap.servers", bootstrapServers))) {
            topics.create(name, partitions, config);
        }
    }

    /** Stops the broker; its data stays. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock the broker's folder", e);
        }
    }
}
