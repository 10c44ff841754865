package org.cellstream.jobs.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where one job's checkpoints lie, between its runs too. One process at a time. */
final class CheckpointFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String METADATA = "_metadata";
    private static final String CHECKPOINT = "chk-";
    private static final int DEPTH = 3; // job, checkpoint, metadata

    private final Path folder;
    private final FileChannel lock;

    private CheckpointFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens a folder, made if it is not there.
     *
     * @throws IOException if it cannot be written, or another process has it open
     */
    static CheckpointFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new CheckpointFolder(folder, channel);
            }
        } catch (OverlappingFileLockException e) {
            // By this very process, which is no better.
        }
        channel.close();
        throw new IOException(
                "another run has its checkpoints in "
                        + folder
                        + "; stop it, or give this one another name or folder");
    }

    Path path() {
        return folder;
    }

    /**
     * The newest complete checkpoint: a job that resumes counts on from the one it resumed from.
     */
    Optional<Path> newest() throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(file -> file.endsWith(METADATA))
                    .map(Path::getParent)
                    .filter(
                            checkpoint ->
                                    checkpoint.getFileName().toString().startsWith(CHECKPOINT))
                    .max(Comparator.comparingLong(CheckpointFolder::number));
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
