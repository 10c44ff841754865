package org.cellstream.benchmarks.step;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.cellstream.nn.CacheLineFloats;

/**
 * Multiply-adds that wait for nothing: more accumulators than a processor of today has
 * multiply-adds under way, and few enough for 16 registers.
 *
 * <p>Looks odd, on purpose: accumulators are locals by name, since a vector in an array or passed
 * to a method of ours becomes an object.
 */
final class VectorCeiling implements Ceiling {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ACCUMULATORS = 12;
    private static final int STREAMS = 8;
    private static final int LOOPS = 20_000;

    /** Below 1, so that sums stay normal numbers. */
    private static final float FACTOR = 0.5f;

    /** Keeps results, so that nobody can leave them out. */
    private float kept;

    VectorCeiling() {}

    @Override
    public void multiplyAdds() {
        FloatVector x = FloatVector.broadcast(SPECIES, FACTOR);
        FloatVector y = FloatVector.broadcast(SPECIES, 1 + kept / Float.MAX_VALUE);
        FloatVector a = y;
        FloatVector b = y;
        FloatVector c = y;
        FloatVector d = y;
        FloatVector e = y;
        FloatVector f = y;
        FloatVector g = y;
        FloatVector h = y;
        FloatVector i = y;
        FloatVector j = y;
        FloatVector k = y;
        FloatVector l = y;
        for (int loop = 0; loop < LOOPS; loop++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector abcd = a.add(b).add(c.add(d));
        FloatVector efgh = e.add(f).add(g.add(h));
        FloatVector ijkl = i.add(j).add(k.add(l));
        kept = abcd.add(efgh).add(ijkl).lane(0);
    }

    @Override
    public double flops() {
        return 2.0 * ACCUMULATORS * LANES * LOOPS;
    }

    @Override
    public void stream(CacheLineFloats numbers) {
        float[] array = numbers.array();
        int end = numbers.start() + numbers.count();
        FloatVector x = FloatVector.broadcast(SPECIES, FACTOR);
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int n = numbers.start(); n < end; n += STREAMS * LANES) {
            a = FloatVector.fromArray(SPECIES, array, n).fma(x, a);
            b = FloatVector.fromArray(SPECIES, array, n + LANES).fma(x, b);
            c = FloatVector.fromArray(SPECIES, array, n + 2 * LANES).fma(x, c);
            d = FloatVector.fromArray(SPECIES, array, n + 3 * LANES).fma(x, d);
            e = FloatVector.fromArray(SPECIES, array, n + 4 * LANES).fma(x, e);
            f = FloatVector.fromArray(SPECIES, array, n + 5 * LANES).fma(x, f);
            g = FloatVector.fromArray(SPECIES, array, n + 6 * LANES).fma(x, g);
            h = FloatVector.fromArray(SPECIES, array, n + 7 * LANES).fma(x, h);
        }
        FloatVector abcd = a.add(b).add(c.add(d));
        FloatVector efgh = e.add(f).add(g.add(h));
        kept = abcd.add(efgh).lane(0);
    }

    @Override
    public int block() {
        return STREAMS * LANES;
    }
}
