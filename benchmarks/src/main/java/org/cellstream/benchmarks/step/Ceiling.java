package org.cellstream.benchmarks.step;

import org.cellstream.nn.CacheLineFloats;

/**
 * What this machine can do at most with the Java Vector API, on one thread. Implemented apart, as
 * the kernels are, so that a JVM without that module can run the rest.
 */
interface Ceiling {

    /** Fused multiply-adds on registers only. */
    void multiplyAdds();

    /** Floating-point operations of a call of {@link #multiplyAdds}, two each. */
    double flops();

    /** A fused multiply-add for each number, read from the first to the last. */
    void stream(CacheLineFloats numbers);

    /** Numbers that the length of a streamed array is a multiple of. */
    int block();

    /**
     * That of this machine.
     *
     * @throws IllegalStateException if the JVM was started without the module
     */
    static Ceiling ofThisMachine() {
        try {
            return Class.forName("org.cellstream.benchmarks.step.VectorCeiling")
                    .asSubclass(Ceiling.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "the Vector API is not there; need --add-modules jdk.incubator.vector", e);
        }
    }
}
