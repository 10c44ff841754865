package org.cellstream.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Python's own PyTorch, where it is installed (Debian: {@code apt-get install python3-torch}), as a
 * process that does one thing at a time and says how long it took. {@code torch_peer.py} beside
 * this class has its commands.
 *
 * <p>Belongs to one thread.
 */
public final class PythonTorch implements AutoCloseable {

    private static final String SCRIPT = "torch_peer.py";

    /** Debian's first: another one that stands before it on the path seldom has PyTorch. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private static final long END_SECONDS = 5;

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final String version;

    private PythonTorch(Process process) throws IOException {
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.US_ASCII);
        this.from = process.inputReader(StandardCharsets.US_ASCII);
        this.version = PythonAnswer.parse(from.readLine()).text();
    }

    /** Starts it; nothing if no Python here has PyTorch. */
    public static Optional<PythonTorch> start() throws IOException {
        for (String python : PYTHONS) {
            if (hasTorch(python)) {
                return Optional.of(start(python));
            }
        }
        return Optional.empty();
    }

    private static boolean hasTorch(String python) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python, "-c", "import numpy, torch");
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for " + python, e);
        }
    }

    private static PythonTorch start(String python) throws IOException {
        String script;
        try (InputStream text = PythonTorch.class.getResourceAsStream(SCRIPT)) {
            if (text == null) {
                throw new IOException("no " + SCRIPT + " beside " + PythonTorch.class);
            }
            script = new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
        ProcessBuilder builder = new ProcessBuilder(python, "-c", script);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        builder.environment().put("MKL_NUM_THREADS", "1");
        return new PythonTorch(builder.redirectError(Redirect.INHERIT).start());
    }

    /** PyTorch's version, and the library of its matrix products. */
    public String version() {
        return version;
    }

    /** Hands over an array under a name. */
    public void array(String name, float[] values) {
        ask("array " + name + " " + Base64Floats.encode(values));
    }

    /**
     * Sends a command.
     *
     * @throws IllegalStateException if it failed there; it says why
     */
    public PythonAnswer ask(String command) {
        try {
            to.write(command);
            to.newLine();
            to.flush();
            return PythonAnswer.parse(from.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("the process of PyTorch does not answer", e);
        }
    }

    /** Ends the process. */
    @Override
    public void close() throws IOException {
        to.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
