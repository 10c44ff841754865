package org.cellstream.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;

/** Checks files that a command is to write, before it has worked for a minute. */
final class OutputFile {

    private OutputFile() {}

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
