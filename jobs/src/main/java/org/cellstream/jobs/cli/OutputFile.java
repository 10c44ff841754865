package org.cellstream.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;

/** Checks files that a command is to write, before it has worked for a minute. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Checks that a file can be written, and follows links: a file takes the place of another one,
     * and that must not be a link, least of all the machine's own.
     *
     * @param option the argument that names it
     * @return the file to write
     */
    static Path resolved(String option, Path file) throws IOException {
        check(option, file);
        return Files.exists(file) ? file.toRealPath() : file;
    }

    /**
     * Checks that a file to write is none of those that are read, by whatever name or link.
     *
     * @param option the argument that names the file to write
     * @param out that file; null if the argument was not given
     */
    static void refuseInput(String option, @Nullable Path out, Path... read) throws IOException {
        for (Path in : read) {
            if (out != null && Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
                throw new WrongInputException(
                        "%s %s is a file that is read; need another".formatted(option, out));
            }
        }
    }

    /**
     * Checks that a file's name says what is written.
     *
     * @param option the argument that names it
     * @param endings those that are allowed
     */
    static void checkEnding(String option, Path file, String... endings)
            throws WrongInputException {
        if (Arrays.stream(endings).noneMatch(file.toString()::endsWith)) {
            throw new WrongInputException(
                    "%s %s; need a name that ends in %s"
                            .formatted(option, file, String.join(" or ", endings)));
        }
    }

    /** Makes a folder, so that what is to be written there can be. */
    static void makeFolder(String option, Path folder) throws WrongInputException {
        try {
            Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new WrongInputException(
                    "%s %s cannot be made, or is no folder".formatted(option, folder), e);
        }
        if (!Files.isWritable(folder.toAbsolutePath())) {
            throw new WrongInputException(
                    "%s %s cannot be written to; its permissions do not allow it"
                            .formatted(option, folder));
        }
    }

    /**
     * Checks that a file can be written.
     *
     * @param option the argument that names it
     * @param file null if the argument was not given
     */
    static void check(String option, @Nullable Path file) throws WrongInputException {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new WrongInputException("%s %s is a folder; need a file".formatted(option, file));
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new WrongInputException("%s %s is a link to nothing".formatted(option, file));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new WrongInputException("%s %s is a device; need a file".formatted(option, file));
        }
        if (!Files.isDirectory(folder)) {
            throw new WrongInputException(
                    "%s %s cannot be written; there is no folder %s"
                            .formatted(option, file, folder));
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new WrongInputException(
                    "%s %s cannot be written; its permissions do not allow it"
                            .formatted(option, file));
        }
    }
}
