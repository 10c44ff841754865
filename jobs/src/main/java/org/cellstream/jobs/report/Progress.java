package org.cellstream.jobs.report;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How far something is: a bar on a terminal, elsewhere a plain line every few seconds. One thread.
 */
@Internal
public final class Progress implements AutoCloseable {

    private static final long PLAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int BAR_EVERY_MILLIS = 250;
    private static final int COLUMNS = 79;

    private final String task;
    private final long end;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long saidAt = System.nanoTime();

    /**
     * @param task what is going on, in one word
     * @param end where it is done
     * @param err where plain lines go; a bar goes to the process's standard error
     */
    public Progress(String task, long end, PrintWriter err) {
        this.task = task;
        this.end = end;
        this.err = err;
        bar = Terminal.isError() ? bar(task, end) : null;
    }

    private static ProgressBar bar(String task, long end) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(end)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(BAR_EVERY_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                .showSpeed()
                .build();
    }

    /** Tells that it is at {@code position}. */
    public void at(long position) {
        if (bar != null) {
            bar.stepTo(position);
        } else if (System.nanoTime() - saidAt >= PLAIN_EVERY_NANOS) {
            saidAt = System.nanoTime();
            err.println(String.format(Locale.ROOT, "%s %,d of %,d", task, position, end));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
