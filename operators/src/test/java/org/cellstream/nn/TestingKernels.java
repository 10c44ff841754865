package org.cellstream.nn;

import java.util.stream.Stream;

/** Kernels to test with. */
final class TestingKernels {

    private TestingKernels() {}

    /** Both forms, vectors being as wide as the JVM prefers. */
    static Stream<Kernels> forms() {
        return Stream.of(Kernels.scalar(), Kernels.best());
    }
}
