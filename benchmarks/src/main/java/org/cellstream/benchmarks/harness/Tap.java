package org.cellstream.benchmarks.harness;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens a source of a job in this JVM from outside: its readers emit what they are told. One for
 * each name; a JVM runs one job.
 */
final class Tap {

    private static final Map<String, Tap> ALL = new ConcurrentHashMap<>();

    private volatile @Nullable Stage stage;
    private CompletableFuture<Void> opened = new CompletableFuture<>();

    private Tap() {}

    static Tap named(String name) {
        return ALL.computeIfAbsent(name, n -> new Tap());
    }

    /** Tells the readers what to emit now, instead of what is left of the stage before. */
    @SuppressWarnings("checkstyle:ParameterNumber") // those of the record, but for its number
    synchronized Stage open(
            Draw draw, long first, long keys, long count, double perSecond, long begin) {
        Stage last = stage;
        Stage next =
                new Stage(
                        last == null ? 1 : last.number() + 1,
                        draw,
                        first,
                        keys,
                        count,
                        perSecond,
                        begin);
        stage = next;
        CompletableFuture<Void> done = opened;
        opened = new CompletableFuture<>();
        done.complete(null);
        return next;
    }

    /** What readers are to emit; null before the first stage. */
    @Nullable Stage stage() {
        return stage;
    }

    /** How many stages there were. */
    long count() {
        Stage last = stage;
        return last == null ? 0 : last.number();
    }

    /** Done once there is a stage after that of a number. */
    synchronized CompletableFuture<Void> after(long number) {
        Stage now = stage;
        return now != null && now.number() > number
                ? CompletableFuture.completedFuture(null)
                : opened;
    }
}
