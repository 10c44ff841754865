package org.cellstream.jobs.report;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.annotation.Internal;

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
            return isConsole();
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

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on the console itself knows
    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
