package org.cellstream.features;

import java.util.List;

/**
 * Carries what a key remembers over to other columns. A column keeps its memory if one before it
 * had the same source and the same transforms, whatever the two are called and wherever they stand;
 * the others start as in a fresh memory, and go on as if the key's next event were its first. The
 * target and the scale of its changes are kept if the target's column is. Immutable.
 */
public final class FeatureMapping {

    private static final int COLD = -1;

    private final MemoryLayout before;
    private final MemoryLayout now;
    private final boolean keepsTarget;

    /** For each column of now the one before that it takes its memory from, or {@link #COLD}. */
    private final int[] origins;

    private FeatureMapping(Columns before, Columns now) {
        this.before = new MemoryLayout(before);
        this.now = new MemoryLayout(now);
        origins = new int[now.columns().size()];
        for (int c = 0; c < origins.length; c++) {
            origins[c] = origin(now.columns().get(c), before.columns());
        }
        keepsTarget = before.targetColumn().computesAs(now.targetColumn());
    }

    /** The mapping from memories of {@code before} to memories of {@code now}. */
    public static FeatureMapping between(Columns before, Columns now) {
        return new FeatureMapping(before, now);
    }

    /** The first that fits: columns that compute the same remember the same. */
    private static int origin(Column column, List<Column> before) {
        for (int b = 0; b < before.size(); b++) {
            if (before.get(b).computesAs(column)) {
                return b;
            }
        }
        return COLD;
    }

    /**
     * The memory to go on with.
     *
     * @param memoryBefore memory of a key with the columns before, read only
     * @return a new array for a pipeline of the columns of now
     * @throws IllegalArgumentException if {@code memoryBefore} is of the wrong size
     */
    public double[] map(double[] memoryBefore) {
        before.check(memoryBefore);
        double[] memory = new double[now.size()];
        if (keepsTarget) {
            System.arraycopy(memoryBefore, 0, memory, 0, MemoryLayout.TARGET_SIZE);
        }
        for (int c = 0; c < origins.length; c++) {
            int origin = origins[c];
            if (origin != COLD) {
                int start = before.start(origin);
                int length = before.end(origin) - start;
                System.arraycopy(memoryBefore, start, memory, now.start(c), length);
            }
        }
        return memory;
    }

    /** How many of the columns of now keep their memory. */
    public int kept() {
        int kept = 0;
        for (int origin : origins) {
            kept += origin == COLD ? 0 : 1;
        }
        return kept;
    }

    /** How many columns there are now. */
    public int of() {
        return origins.length;
    }

    /**
     * Whether the target and the scale of its changes are kept. If not, a forecast made before has
     * nothing to be compared with.
     */
    public boolean keepsTarget() {
        return keepsTarget;
    }

    /** Whether no column of now starts cold, and the target does not either. */
    public boolean keepsAll() {
        return keepsTarget && kept() == of();
    }

    /** For logs: {@code 3 of 4 columns and the target keep their memory}. */
    @Override
    public String toString() {
        return "%d of %d columns %s keep their memory"
                .formatted(kept(), of(), keepsTarget ? "and the target" : "but not the target");
    }
}
