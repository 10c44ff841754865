package org.cellstream.jobs.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cellstream.jobs.embedded.Folders;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay keeps its broker's data and its checkpoints. A folder that the user named stays,
 * so that a replay that was interrupted can go on; it belongs to one replay: the same input with
 * the same arguments. A temporary one goes at {@link #close}. One process at a time.
 *
 * <p>What it holds: {@code replay.properties}, the arguments; {@code sent}, there once all rows are
 * in Kafka; {@code done}, there once all forecasts are; {@code kafka}, {@code checkpoints} and
 * {@code flink}, which are what they say.
 */
final class WorkFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String IDENTITY = "replay.properties";
    private static final String SENT = "sent";
    private static final String DONE = "done";

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lock;

    private WorkFolder(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens a folder that stays, or makes one that goes.
     *
     * @param named the user's folder, made if it is not there; null for a temporary one
     * @param identity what makes this replay the one that it is, by name
     * @throws WrongInputException if the folder holds something else, or another process is using
     *     it
     */
    static WorkFolder open(@Nullable Path named, Map<String, String> identity) throws IOException {
        Path folder =
                named == null
                        ? Files.createTempDirectory("cellstream-replay-")
                        : named.toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new WrongInputException(folder + " is a file; need a folder", e);
        }
        refuseForeign(folder);
        WorkFolder work = new WorkFolder(folder, named == null, lock(folder));
        try {
            work.checkIdentity(identity);
            work.startOverUnlessResumable();
        } catch (IOException e) {
            work.lock.close();
            throw e;
        }
        return work;
    }

    private static void refuseForeign(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (!Files.exists(folder.resolve(LOCK)) && files.findAny().isPresent()) {
                throw new WrongInputException(
                        folder
                                + " holds something that is no replay; need an empty folder or that"
                                + " of an interrupted replay");
            }
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // By this very process, which is no better.
        }
        channel.close();
        throw new WrongInputException(
                folder + " is in use by another replay; wait for its end or take another folder");
    }

    private void checkIdentity(Map<String, String> identity) throws IOException {
        Path file = folder.resolve(IDENTITY);
        if (!Files.exists(file)) {
            write(file, identity);
            return;
        }
        Properties was = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            was.load(in);
        }
        Set<String> names = new TreeSet<>(identity.keySet());
        names.addAll(was.stringPropertyNames());
        for (String name : names) {
            String before = was.getProperty(name, "");
            String now = identity.getOrDefault(name, "");
            if (!before.equals(now)) {
                throw new WrongInputException(
                        "%s belongs to a replay with %s \"%s\", not \"%s\"; need the same input and arguments, or another folder"
                                .formatted(folder, name, before, now));
            }
        }
    }

    /** By way of another name, so that the file is whole or not there. */
    private static void write(Path file, Map<String, String> identity) throws IOException {
        Properties properties = new Properties();
        properties.putAll(identity);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, null);
        }
        Files.move(part, file);
    }

    /** Without all rows in Kafka, or with no checkpoint to go on from, there is nothing to keep. */
    private void startOverUnlessResumable() throws IOException {
        if (!isDone() && !(isSent() && newestCheckpoint().isPresent())) {
            Files.deleteIfExists(folder.resolve(SENT));
            Folders.delete(kafka());
            Folders.delete(checkpoints());
        }
        Folders.delete(flink());
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Flink's own temporary files; empty at every start. */
    Path flink() {
        return folder.resolve("flink");
    }

    /** Where forecasts are collected; not there at a start. */
    Path forecasts() {
        return flink().resolve("forecasts");
    }

    boolean isSent() {
        return Files.exists(folder.resolve(SENT));
    }

    void markSent() throws IOException {
        Files.writeString(folder.resolve(SENT), "");
    }

    boolean isDone() {
        return Files.exists(folder.resolve(DONE));
    }

    void markDone() throws IOException {
        Files.writeString(folder.resolve(DONE), "");
    }

    /**
     * The newest complete checkpoint: a job that resumes counts on from the one it resumed from.
     */
    Optional<Path> newestCheckpoint() throws IOException {
        if (!Files.exists(checkpoints())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(checkpoints(), 3)) {
            return files.filter(f -> f.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max(Comparator.comparingLong(WorkFolder::number));
        }
    }

    private static long number(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    @Override
    public void close() throws IOException {
        Folders.delete(flink());
        lock.close();
        if (temporary) {
            Folders.delete(folder);
        }
    }
}
