package org.cellstream.nn;

/**
 * Adds {@code left' right} to a matrix {@code [M, N]}: gradients of weights, where the left matrix
 * {@code [K, M]} and the right one {@code [K, N]} have a row for each row of a minibatch. Each
 * element is summed in the order of K.
 *
 * <p>Belongs to one thread.
 */
public final class GradientProduct {

    /** Rows of the result whose sums stay in the second-level cache. */
    private static final int ROWS = 512;

    private final LearningKernels kernels;
    private final int rows;
    private final ProductColumns columns;
    private final AlignedFloats packed;
    private final Block left = new Block();
    private final Block right = new Block();

    /**
     * @param rows M
     * @param columns N
     */
    public GradientProduct(LearningKernels kernels, int rows, int columns) {
        this.kernels = kernels;
        this.rows = rows;
        this.columns = new ProductColumns(kernels.lanes(), columns);
        this.packed = new AlignedFloats(ProductColumns.DEPTH * 4 * kernels.lanes());
    }

    /**
     * Adds to {@code to}.
     *
     * @param depth K
     * @param from left {@code [K, M]}, read
     * @param by right {@code [K, N]}, read
     * @param to {@code [M, N]}
     */
    public void add(int depth, Slice from, Slice by, Slice to) {
        for (int first = 0; first < rows; first += ROWS) {
            int some = Math.min(ROWS, rows - first);
            for (int k = 0; k < depth; k += ProductColumns.DEPTH) {
                int deep = Math.min(ProductColumns.DEPTH, depth - k);
                left.transposed(from.values(), from.at() + k * rows + first, rows);
                add(deep, some, by.from(k * columns.count), to.from(first * columns.count));
            }
        }
    }

    /** Products of {@link #left}, as deep as fits into the cache. */
    private void add(int depth, int some, Slice by, Slice to) {
        for (int panel = 0; panel < columns.count(); panel++) {
            columns.pack(by, depth, panel, packed.values, packed.start);
            right.rows(packed.values, packed.start, columns.width(panel));
            columns.begin(panel, some, to.values(), to.at());
            kernels.addProducts(some, depth, left, right, columns.sums());
            columns.end(panel, some, to.values(), to.at());
        }
    }
}
