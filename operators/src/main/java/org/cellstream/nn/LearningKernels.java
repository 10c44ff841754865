package org.cellstream.nn;

/**
 * The arithmetic of learning on flat {@code float[]}, in two forms that give the same bits: scalar,
 * and on the Java Vector API. Every sum runs in one order with fused multiply-adds, everything else
 * is elementwise with the same operations.
 *
 * <p>Stateless; may be shared between threads.
 */
public abstract class LearningKernels {

    /** Package-private: a form from elsewhere could not keep the promise of equal bits. */
    LearningKernels() {}

    /** The form that runs on any JVM. */
    public static LearningKernels scalar() {
        return Kernels.scalar().learning();
    }

    /** The vector form if there is one, as {@link Kernels#best} finds it. */
    public static LearningKernels best() {
        return Kernels.best().learning();
    }

    /** Floats of a vector. */
    abstract int lanes();

    /**
     * Adds products one after the other: {@code sums[r][j] += left[r][k] right[k][j]} for k from 0
     * on. There are as many columns j as {@code right.rowStride}, which is 1, 2 or 4 vectors.
     *
     * @param left {@code [rows, depth]}, read
     * @param right {@code [depth, columns]}, read
     * @param sums {@code [rows, columns]}
     */
    abstract void addProducts(int rows, int depth, Block left, Block right, Block sums);

    /**
     * The next h and c of one panel's units of an LSTM with the usual functions, as {@link
     * Kernels#lstm} has them, and what the backward pass wants of the step.
     *
     * @param gates sums of the four gates as numerators {@code [rows, 4 * lanes]}, those of sigmoid
     *     gates halves; overwritten
     * @param kept what is kept of the panel's units, overwritten
     */
    abstract void lstm(int rows, Fractions gates, CellRows cells, KeptCells kept);

    /**
     * One time step back through the cells of an LSTM with the usual functions.
     *
     * @param units H
     * @param step of {@code rows} rows
     */
    public abstract void lstmBackward(int rows, int units, LstmSlopes step);

    /**
     * Adds rows to a row, one after the other.
     *
     * @param from {@code [rows, columns]}, read
     * @param to {@code [columns]}
     */
    public abstract void addRows(int rows, int columns, Slice from, Slice to);

    /**
     * One step of Adam; see the paper's algorithm 1.
     *
     * @param numbers of the step
     * @param weights {@code [P]}, overwritten
     * @param gradient {@code [P]}, read
     * @param moments the first {@code [P]}, then the second {@code [P]}, overwritten
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>
     */
    public abstract void adam(
            AdamNumbers numbers, float[] weights, float[] gradient, float[] moments);
}
