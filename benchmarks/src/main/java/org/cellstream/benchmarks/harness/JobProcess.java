package org.cellstream.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cellstream.jobs.embedded.Folders;

/**
 * A JVM that runs one job, with the flags of this one. What the compiler learns from one system
 * slows down no other, and a job that nobody gives events to uses no processor.
 */
public final class JobProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final String name;
    private final Path folder;
    private final Process process;
    private final BufferedReader in;
    private final PrintStream out;
    private final Path log;
    private int cores;

    private JobProcess(String name, Path folder, Process process, Path log) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        this.log = log;
        in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts a job of {@link JobMain}; {@link #awaitReady} says when it runs.
     *
     * @param work where the job gets a folder of its own
     */
    public static JobProcess start(Path work, JobSpec spec) throws IOException {
        return start(work, spec.form().system(), JobMain.class, spec.arguments());
    }

    /**
     * Starts a job of {@link JobMain} that {@link #keep} keeps on as many cores as it has subtasks.
     */
    public static JobProcess startWithCores(Path work, JobSpec spec) throws IOException {
        JobProcess job = start(work, spec);
        job.cores = spec.parallelism();
        return job;
    }

    /** Keeps it on its cores, if it has any, from now on. */
    void keep() throws IOException {
        if (cores > 0) {
            Cores.keep(process.pid(), cores);
        }
    }

    /** Lets it use all cores. */
    void free() throws IOException {
        if (cores > 0) {
            Cores.free(process.pid());
        }
    }

    /**
     * Starts a JVM.
     *
     * @param main a class that obeys {@link Commands}; its first argument is the folder
     */
    public static JobProcess start(Path work, String name, Class<?> main, List<String> arguments)
            throws IOException {
        Path folder = Files.createTempDirectory(work, name + "-");
        Path log = work.resolve(folder.getFileName() + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        Path home = Path.of(System.getProperty("cellstream.home", "."));
        command.add("-Dlog4j2.configurationFile=" + home.resolve("deploy/log4j2.properties"));
        command.add("-Dcellstream.log=" + log);
        command.add(main.getName());
        command.add(folder.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not as an argument: ONNX Runtime crashes where the command line is some thousand letters.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(work.resolve(folder.getFileName() + ".err").toFile());
        return new JobProcess(name, folder, builder.start(), log);
    }

    /** Waits until the job runs. */
    public void awaitReady() throws IOException {
        read();
    }

    /** Tells it to do something, and waits for the answer. */
    public Answer ask(Object... words) throws IOException {
        tell(words);
        return read();
    }

    /** Tells it to do something; {@link #read} gives the answer. */
    public void tell(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word.toString());
        }
        out.println(String.join(" ", texts));
    }

    /** The next answer. */
    public Answer read() throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(Answer.MARK)) {
                return Answer.parse(line);
            }
        }
        throw new IOException(
                "the job %s has ended with code %d; see %s and what is beside it"
                        .formatted(name, exitCode(), log));
    }

    private int exitCode() {
        return process.onExit().join().exitValue();
    }

    /** Fills the state of keys, then makes a checkpoint. */
    public void fill(long from, long to) throws IOException {
        ask("fill", from, to);
    }

    /** Lets events through, with one checkpoint. */
    public Answer run(Draw draw, long keys, long events) throws IOException {
        return ask("run", draw, keys, events);
    }

    /** Ends the JVM and deletes its folder. */
    @Override
    public void close() throws IOException {
        out.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
