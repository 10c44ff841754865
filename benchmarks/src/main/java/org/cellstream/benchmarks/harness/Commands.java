package org.cellstream.benchmarks.harness;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

/** A child's side of the talk with its parent: a line in, a line out, until nothing more comes. */
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
     * Starts something, says that it is ready, and obeys. Ends the JVM with the parent's words, or
     * with the first failure.
     */
    public static void obey(Callable<Command> start) {
        try {
            Command command = start.call();
            PrintStream out = System.out;
            out.println(new Answer().put("ready", true).line());
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(command.run(List.of(line.split(" "))).line());
            }
            // Nothing of the job is needed again, and to cancel it takes time.
            Runtime.getRuntime().halt(0);
        } catch (Exception e) {
            e.printStackTrace(); // this JVM's standard error is the file beside its log
            Runtime.getRuntime().halt(1);
        }
    }
}
