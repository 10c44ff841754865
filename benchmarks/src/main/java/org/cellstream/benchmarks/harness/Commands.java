package org.cellstream.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A child's side of the talk with its parent: a line in, a line out, until nothing more comes. Then
 * the parent has ended, or needs nothing of the job again, and to cancel it takes time: so the JVM
 * halts, whatever it is at.
 */
public final class Commands {

    /** Obeys one line. */
    @FunctionalInterface
    public interface Command {

        /**
         * Does what a line says.
         *
         * @param words of the line
         */
        Answer run(List<String> words) throws Exception;
    }

    private Commands() {}

    /**
     * Starts something, says that it is ready, and obeys until the parent's words end or something
     * fails.
     */
    public static void obey(Callable<Command> start) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(lines), "parent's words");
        reader.setDaemon(true);
        reader.start();
        try {
            Command command = start.call();
            PrintStream out = System.out;
            out.println(new Answer().put("ready", true).line());
            while (true) {
                out.println(command.run(List.of(lines.take().split(" "))).line());
            }
        } catch (Exception e) {
            e.printStackTrace(); // this JVM's standard error is the file beside its log
            Runtime.getRuntime().halt(1);
        }
    }

    private static void read(BlockingQueue<String> lines) {
        int code = 0;
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            e.printStackTrace(); // into the same file
            code = 1;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }
}
