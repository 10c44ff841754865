package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for a cluster, deleted at the end unless there is something to look at in it. */
public final class WorkFolder implements AutoCloseable {

    private final Path folder;
    private boolean keep = true;
    private volatile boolean told;

    private WorkFolder(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::tell));
    }

    /** Of one who interrupts, who has seen no other message. */
    private void tell() {
        if (Files.exists(folder) && !told) {
            System.err.println("logs and data are in " + folder);
        }
    }

    /** The project's folder. */
    public static Path home() {
        String home = System.getProperty("cellstream.home");
        if (home == null) {
            throw new IllegalStateException(
                    "cellstream.home is not set; start this with benchmarks/run");
        }
        return Path.of(home);
    }

    public static WorkFolder create(String name) throws IOException {
        Path parent = Files.createDirectories(home().resolve("deploy/target"));
        return new WorkFolder(Files.createTempDirectory(parent, name + "-"));
    }

    public Path folder() {
        return folder;
    }

    /** Keeps the folder, also after a failure, until this is called with true. */
    public void keepUnless(boolean clean) {
        keep = !clean;
    }

    @Override
    public void close() throws IOException {
        if (keep) {
            told = true;
            System.err.println("logs and data are in " + folder);
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
