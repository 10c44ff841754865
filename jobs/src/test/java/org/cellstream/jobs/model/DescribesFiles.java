package org.cellstream.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cellstream.jobs.cli.Main;

/**
 * Main class of a JVM of its own: describes every file of a folder, and prints for each its name,
 * the exit code, milliseconds and what standard error got, separated by tabs, breaks as {@code |}.
 */
final class DescribesFiles {

    private DescribesFiles() {}

    /** The folder is the argument. */
    public static void main(String[] folder) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(folder[0]))) {
            files = all.sorted().toList();
        }
        PrintStream out = System.out;
        System.setOut(new PrintStream(PrintStream.nullOutputStream(), false, UTF_8));
        for (Path file : files) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            System.setErr(new PrintStream(err, true, UTF_8));
            long start = System.nanoTime();
            int code = Main.run("describe", file.toString());
            long millis = (System.nanoTime() - start) / 1_000_000;
            String text = err.toString(UTF_8).replaceAll("\\R", "|");
            out.printf("%s\t%d\t%d\t%s%n", file.getFileName(), code, millis, text);
        }
        out.flush();
        System.exit(0);
    }
}
