package org.cellstream.features;

import java.util.List;

/**
 * Where the parts of a key's memory are. First comes the target: how many events gave it, its value
 * at the last of them and the scale of its changes. Then one block for each column, in their order:
 * its standardisation and what its transforms remember.
 *
 * <p>What a block holds depends on its own column alone, so a column takes its block along when the
 * columns beside it change.
 */
final class MemoryLayout {

    static final int TARGET_COUNT = 0;
    static final int TARGET = 1;
    static final int CHANGE_SCALE = 2;

    /** Doubles before the first block. */
    static final int TARGET_SIZE = 3;

    /** Where each block starts, and where the last one ends. */
    private final int[] starts;

    MemoryLayout(Columns columns) {
        List<Column> all = columns.columns();
        starts = new int[all.size() + 1];
        starts[0] = TARGET_SIZE;
        for (int c = 0; c < all.size(); c++) {
            starts[c + 1] = Math.addExact(starts[c], all.get(c).memorySize());
        }
    }

    /** Where a column's block starts. */
    int start(int column) {
        return starts[column];
    }

    /** Where a column's block ends: its last double is the one before. */
    int end(int column) {
        return starts[column + 1];
    }

    /** Doubles of a whole memory. */
    int size() {
        return starts[starts.length - 1];
    }

    void check(double[] memory) {
        if (memory.length != size()) {
            throw new IllegalArgumentException(
                    "memory has %d doubles; these columns need %d"
                            .formatted(memory.length, size()));
        }
    }
}
