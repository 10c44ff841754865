package org.cellstream.nn;

import java.util.Arrays;

/**
 * Products with one matrix on the right, {@code [K, N]}, which is packed once for many of them.
 * Each element is summed in the order of K.
 *
 * <p>Belongs to one thread.
 */
public final class WeightProduct {

    /** Rows of the left matrix that go through a panel together. */
    private static final int ROWS = 128;

    private final LearningKernels kernels;
    private final int depth;
    private final ProductColumns columns;
    private final AlignedFloats packed;
    private final Block left = new Block();
    private final Block right = new Block();

    /**
     * @param depth K
     * @param columns N
     */
    public WeightProduct(LearningKernels kernels, int depth, int columns) {
        this.kernels = kernels;
        this.depth = depth;
        this.columns = new ProductColumns(kernels.lanes(), columns);
        this.packed = new AlignedFloats(Math.multiplyExact(depth, this.columns.padded()));
    }

    /** Takes the matrix on the right {@code [K, N]} from now on. It is copied. */
    public void load(Slice matrix) {
        for (int panel = 0; panel < columns.count(); panel++) {
            columns.pack(matrix, depth, panel, packed.values, start(panel));
        }
    }

    private int start(int panel) {
        return packed.start + depth * columns.first(panel);
    }

    /**
     * Adds {@code left right}.
     *
     * @param from left {@code [rows, K]}, read
     * @param to {@code [rows, N]}
     */
    public void add(int rows, Slice from, Slice to) {
        int n = columns.count;
        for (int row = 0; row < rows; row += ROWS) {
            int some = Math.min(ROWS, rows - row);
            for (int panel = 0; panel < columns.count(); panel++) {
                columns.begin(panel, some, to.values(), to.at() + row * n);
                for (int k = 0; k < depth; k += ProductColumns.DEPTH) {
                    int width = columns.width(panel);
                    left.rows(from.values(), from.at() + row * depth + k, depth);
                    right.rows(packed.values, start(panel) + k * width, width);
                    int deep = Math.min(ProductColumns.DEPTH, depth - k);
                    kernels.addProducts(some, deep, left, right, columns.sums());
                }
                columns.end(panel, some, to.values(), to.at() + row * n);
            }
        }
    }

    /** The same, of zeros. */
    public void set(int rows, Slice from, Slice to) {
        Arrays.fill(to.values(), to.at(), to.at() + rows * columns.count, 0);
        add(rows, from, to);
    }
}
