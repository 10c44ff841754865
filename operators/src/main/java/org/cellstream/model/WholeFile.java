package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A file that takes the place of another one, but only once it is whole. */
public final class WholeFile {

    /**
     * Writes a file that is not there yet.
     *
     * @param <E> what may go wrong besides writing
     */
    @FunctionalInterface
    public interface Writer<E extends Exception> {
        /** Writes the file at {@code part}. */
        void write(Path part) throws IOException, E;
    }

    private WholeFile() {}

    /**
     * Writes a file beside {@code file}, of a name that nothing else has, and moves it there. If
     * that fails nothing is left of it, and {@code file} is as it was.
     */
    public static <E extends Exception> void write(Path file, Writer<E> writer)
            throws IOException, E {
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            writer.write(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
