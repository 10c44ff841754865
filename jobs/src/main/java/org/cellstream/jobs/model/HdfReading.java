package org.cellstream.jobs.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cellstream.model.ModelFormatException;

/**
 * Reads HDF5 whatever is in it: what the library makes of a broken file (any exception, a stack
 * that overflows, an array beyond the heap, a loop) becomes one line.
 */
final class HdfReading {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private HdfReading() {}

    static <T> T of(Path file, Callable<T> reading) throws IOException {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread thread = new Thread(task, "read-" + file.getFileName());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw explained(file, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new ModelFormatException(
                    file, "HDF5", "reading took more than %s; it is broken".formatted(LIMIT), e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private static IOException explained(Path file, Throwable cause) {
        if (cause instanceof ModelFormatException known) {
            return known;
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = text(cause) + (root == cause ? "" : ", by " + text(root));
        return new ModelFormatException(
                file,
                "HDF5",
                "is broken (%s); need a file as Keras writes it".formatted(text),
                cause);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        return message == null
                ? kind
                : kind + ": " + message.lines().findFirst().orElse("").strip();
    }
}
