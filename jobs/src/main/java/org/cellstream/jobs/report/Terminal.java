package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody watches. */
@Internal
public final class Terminal {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Terminal() {}

    /** Whether standard output is a terminal that understands cursor movements. */
    public static boolean isOutput() {
        return isTerminal("1");
    }

    /** Whether standard error is a terminal that understands cursor movements. */
    public static boolean isError() {
        return isTerminal("2");
    }

    /** The JDK's own answer is about standard input and output together. */
    @SuppressWarnings("SystemConsoleNull") // without /proc, the best there is
    private static boolean isTerminal(String descriptor) {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        if (!Files.isDirectory(DESCRIPTORS)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
