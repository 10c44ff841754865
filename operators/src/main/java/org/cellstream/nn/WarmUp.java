package org.cellstream.nn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs steps until the JVM's compiler has seen the kernels. Until then every vector is an object,
 * and a step takes a hundred times as long, and more: events of a job's first second would wait for
 * each other. It is seen by what steps allocate, which is nothing once compiled.
 */
final class WarmUp {

    private static final long LONGEST_NANOS = 1_000_000_000;

    /** Steps in a row that allocate nothing: not by chance. */
    private static final int ENOUGH = 20;

    /** Rows that have every kernel run: tiles of eight, of four, and of one row. */
    static final int ROWS = 8 + 4 + 1;

    /**
     * Networks, without their sizes, that this JVM is warm for, or becomes so in another thread.
     */
    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private WarmUp() {}

    /** Runs steps of a network, unless a network of these layers was here before. */
    static void of(Network network, Runnable step) {
        if (!KNOWN.add(network.text().replaceAll("[0-9]+", ""))) {
            return;
        }
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        if (threads == null || !threads.isThreadAllocatedMemoryEnabled()) {
            return;
        }
        long start = System.nanoTime();
        int quiet = 0;
        while (quiet < ENOUGH && System.nanoTime() - start < LONGEST_NANOS) {
            long before = threads.getCurrentThreadAllocatedBytes();
            step.run();
            quiet = threads.getCurrentThreadAllocatedBytes() == before ? quiet + 1 : 0;
        }
    }
}
