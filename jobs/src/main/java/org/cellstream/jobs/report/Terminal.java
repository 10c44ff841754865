package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody watches. */
@Internal
public final class Terminal {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private Terminal() {}

    /** Whether standard output is a terminal that understands cursor movements. */
    public static boolean watched() {
        return !"dumb".equals(System.getenv("TERM")) && isTerminal();
    }

    /** The JDK's own answer would be about standard input and output together. */
    private static boolean isTerminal() {
        if (!Files.exists(STANDARD_OUTPUT)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
