package org.cellstream.nn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** How much a step of either sort allocates, in a JVM of its own. */
final class TestingAllocation {

    /** Longest wait for the compiler, which takes a second; before, vectors are objects. */
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(60);

    private TestingAllocation() {}

    /**
     * Prints the bytes that a hundred steps of the best form, from states in a row and from
     * scattered ones, allocate once it is compiled.
     */
    public static void main(String[] none) {
        String layers =
                "embedding(5, 4) lstm(21) layernorm lstm(32) dropout(0.5) skip"
                        + " dense(4, softmax) dense(2, gelu)";
        Network network = Network.parse(layers, 3);
        int rows = 13;
        Stepper stepper = new Stepper(network, Kernels.best(), rows);
        stepper.load(Weights.seeded(network, 1));
        float[] x = TestingNumbers.floats(1, rows * network.inputs());
        for (int r = 0; r < rows; r++) {
            x[3 * r + 2] = r % 5;
        }
        float[] state = TestingNumbers.floats(2, rows * network.stateSize());
        TestingSlab slab = new TestingSlab(rows, network.stateSize());
        slab.fill(state);
        float[] nextState = new float[state.length];
        float[] y = new float[rows * network.outputs()];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long end = System.nanoTime() + WARM_UP;
        long allocated;
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                stepper.step(rows, x, state, nextState, y);
                stepper.step(rows, x, slab.states, slab.at, nextState, y);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        } while (allocated > 0 && System.nanoTime() < end);
        System.out.println(allocated + " bytes");
    }
}
