package org.cellstream.nn;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.stream.Stream;

/** Kernels to test with. */
final class TestingKernels {

    private TestingKernels() {}

    /** Both forms, vectors being as wide as the JVM prefers. */
    static Stream<Kernels> forms() {
        return Stream.of(Kernels.scalar(), Kernels.best());
    }

    /**
     * A copy of the vector form whose vectors are of that many bits. Only for a JVM of its own: the
     * compiler makes objects of vectors where it has seen more than one width.
     */
    static Kernels ofBits(int bits) {
        try (InputStream file = Kernels.class.getResourceAsStream("VectorKernels.class")) {
            Object species =
                    Class.forName("jdk.incubator.vector.FloatVector")
                            .getField("SPECIES_" + bits)
                            .get(null);
            Class<?> form =
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(file.readAllBytes(), species, true)
                            .lookupClass();
            return (Kernels) form.getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("no vector form of " + bits + " bits", e);
        }
    }
}
