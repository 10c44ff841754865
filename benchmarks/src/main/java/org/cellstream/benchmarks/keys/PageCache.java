package org.cellstream.benchmarks.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads RocksDB's files once, so that the machine has them in memory: else the job that wrote its
 * own last would be measured against the disk of the other.
 */
final class PageCache extends SimpleFileVisitor<Path> {

    private static final int BUFFER = 1 << 20;

    private final byte[] buffer = new byte[BUFFER];
    private long bytes;

    private PageCache() {}

    /**
     * Reads all of RocksDB's table files below a folder.
     *
     * @return how many bytes there were
     */
    static long read(Path folder) throws IOException {
        PageCache cache = new PageCache();
        Files.walkFileTree(folder, cache);
        return cache.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.toString().endsWith(".sst")) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                }
            } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE; // compacted away meanwhile
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE; // compacted away before it was looked at
    }
}
