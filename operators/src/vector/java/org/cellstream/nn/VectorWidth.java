package org.cellstream.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** What the vector form knows of the machine, and constants of its arithmetic. */
final class VectorWidth {

    /** System property: bits of a vector; without, as many as the machine prefers. */
    private static final String PROPERTY = "cellstream.vector.bits";

    static final VectorSpecies<Float> SPECIES = species(Integer.getInteger(PROPERTY));

    static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class).check(int.class);

    static final int LANES = SPECIES.length();

    /** Floats in a row of an LSTM's panel. */
    static final int WIDTH = 4 * LANES;

    /** Floats in a row of a GRU's panel of three gates. */
    static final int GRU_WIDTH = 3 * LANES;

    /** Bits of the largest number that the tanh is computed of. */
    static final int LARGEST = Float.floatToRawIntBits(RationalTanh.CLAMP);

    /** Added to the bits of an absolute value, makes those of a NaN negative, and no others. */
    static final int ROOM = Integer.MAX_VALUE - Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private VectorWidth() {}

    private static VectorSpecies<Float> species(@Nullable Integer bits) {
        return bits == null
                ? FloatVector.SPECIES_PREFERRED
                : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
    }
}
