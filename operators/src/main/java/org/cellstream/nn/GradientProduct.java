package org.cellstream.nn;

import java.util.Arrays;
import java.util.List;

/**
 * Adds {@code left' right} to matrices {@code [M, N]}: gradients of weights over the same sums,
 * where the left matrix {@code [K, M]} and each right one {@code [K, N]} have a row for each row of
 * a minibatch. Each element is summed in the order of K.
 *
 * <p>Belongs to one thread.
 */
public final class GradientProduct {

    /** Rows of the results whose sums stay in the second-level cache. */
    private static final int ROWS = 256;

    private final LearningKernels kernels;
    private final int rows;
    private final ProductColumns[] parts;
    private final AlignedFloats packed;
    private final Block left = new Block();
    private final Block right = new Block();

    /**
     * @param rows M
     * @param columns N of each right matrix
     */
    public GradientProduct(LearningKernels kernels, int rows, int... columns) {
        this.kernels = kernels;
        this.rows = rows;
        this.parts = new ProductColumns[columns.length];
        Arrays.setAll(parts, i -> new ProductColumns(kernels.lanes(), columns[i]));
        this.packed = new AlignedFloats(ProductColumns.DEPTH * 4 * kernels.lanes());
    }

    /**
     * Adds to each of {@code to}.
     *
     * @param depth K
     * @param from left {@code [K, M]}, read
     * @param by right {@code [K, N]}, read
     * @param to {@code [M, N]}
     */
    public void add(int depth, Slice from, List<Slice> by, List<Slice> to) {
        for (int first = 0; first < rows; first += ROWS) {
            int some = Math.min(ROWS, rows - first);
            for (int k = 0; k < depth; k += ProductColumns.DEPTH) {
                int deep = Math.min(ProductColumns.DEPTH, depth - k);
                left.transposed(from.values(), from.at() + k * rows + first, rows);
                for (int i = 0; i < parts.length; i++) {
                    int n = parts[i].count;
                    add(parts[i], deep, some, by.get(i).from(k * n), to.get(i).from(first * n));
                }
            }
        }
    }

    /** Products of {@link #left}, as deep as fits into the cache. */
    private void add(ProductColumns columns, int depth, int some, Slice by, Slice to) {
        for (int panel = 0; panel < columns.count(); panel++) {
            columns.pack(by, depth, panel, packed.values, packed.start);
            right.rows(packed.values, packed.start, columns.width(panel));
            columns.begin(panel, some, to.values(), to.at());
            kernels.addProducts(some, depth, left, right, columns.sums());
            columns.end(panel, some, to.values(), to.at());
        }
    }
}
