package org.cellstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets about so many events of a source pass and holds the others back until a test opens it;
 * barriers pass it all the same. One gate stands at a time.
 */
final class Gate implements RateLimiterStrategy<NumberSequenceSplit> {

    private static final long serialVersionUID = 1L;

    private static final long PATIENCE_SECONDS = 60;

    private static volatile CompletableFuture<Void> reached = new CompletableFuture<>();
    private static volatile CompletableFuture<Void> opened = new CompletableFuture<>();

    private final int events;

    private Gate(int events) {
        this.events = events;
    }

    /** Puts up a gate behind so many events. */
    static Gate after(int events) {
        reached = new CompletableFuture<>();
        opened = new CompletableFuture<>();
        return new Gate(events);
    }

    /** Waits until all events that may pass have passed. */
    static void awaitReached() throws Exception {
        reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static void open() {
        opened.complete(null);
    }

    @Override
    public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
        return new RateLimiter<>() {

            private int passed;

            @Override
            public CompletionStage<Void> acquire(int numberOfEventsEmitted) {
                passed += numberOfEventsEmitted;
                if (passed <= events) {
                    return CompletableFuture.completedFuture(null);
                }
                reached.complete(null);
                return opened;
            }
        };
    }
}
