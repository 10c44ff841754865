package org.cellstream.jobs.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, or another request to end this process, into an interruption of the thread that
 * works, and lets the process wait until that thread has cleaned up.
 */
final class Interruption {

    private static final int ATTEMPTS = 4;
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();

    private static volatile boolean underWay;

    private Interruption() {}

    /** Whether the process was asked to end: what fails from then on fails because of that. */
    static boolean isUnderWay() {
        return underWay;
    }

    /**
     * Does {@code work} in this thread. Whatever it opens it must have closed when it ends,
     * interrupted or not.
     */
    static <T> T during(Callable<T> work) throws Exception {
        Interruption interruption = new Interruption();
        Thread hook = new Thread(interruption::interrupt, "cellstream-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            interruption.cleanedUp.countDown();
            remove(hook);
        }
    }

    private void interrupt() {
        underWay = true;
        try {
            // A library may swallow an interruption, so it is given again.
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                worker.interrupt();
                if (cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            }
            System.err.println(
                    "cellstream: did not stop within " + ATTEMPTS * PATIENCE_SECONDS + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending, and the hook is what has waited for this.
        }
    }
}
