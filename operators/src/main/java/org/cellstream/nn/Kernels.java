package org.cellstream.nn;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a forward step, in two forms that give the same bits: scalar, and on the Java
 * Vector API.
 *
 * <p>What makes them equal: every sum runs in one order, bias first, then inputs, then the previous
 * h, each ascending, with fused multiply-adds and never as a lane reduction; everything else is
 * elementwise with the same operations. The result of a row therefore depends neither on the other
 * rows nor on the number of lanes. (All NaNs count as the same.)
 *
 * <p>Stateless; may be shared between threads.
 */
public abstract class Kernels {

    /** Package-private: a form from elsewhere could not keep the promise of equal bits. */
    Kernels() {}

    /** The form that runs on any JVM. */
    public static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /**
     * The vector form if the JVM was started with {@code --add-modules jdk.incubator.vector}, else
     * the scalar form and, once, a warning.
     */
    public static Kernels best() {
        return Best.KERNELS;
    }

    /** Units that a panel holds for a layer of {@code units} units. */
    abstract int lanes(int units);

    /**
     * Sums of one panel: bias, then the inputs one after the other.
     *
     * @param inputs a row as wide as the panel is deep; not scattered
     * @param sums {@code [rows, weights.width()]}, overwritten
     */
    abstract void sums(Panels weights, int panel, int rows, Rows inputs, float[] sums);

    /**
     * Sums of one panel of a GRU whose reset gate acts on the candidate's sums over h: of the gates
     * r and z over inputs and h, of the candidate over inputs alone and over h alone.
     *
     * @param overInputs panels of r, z and the candidate
     * @param overHidden the same; its biases of r and z are not read
     * @param inputs inputs, then h; not scattered
     * @param sums {@code [rows, 4 * lanes]}, overwritten
     */
    @SuppressWarnings("checkstyle:ParameterNumber")
    abstract void gruSums(
            Panels overInputs, Panels overHidden, int panel, int rows, Rows inputs, float[] sums);

    /**
     * {@link #sums} of the first row over all panels, which are of four vectors.
     *
     * @param backwards whether the last panels come first
     * @param sums {@code [panels, weights.width()]}, overwritten
     */
    abstract void rowSums(Panels weights, Rows inputs, boolean backwards, float[] sums);

    /**
     * {@link #gruSums} of the first row over all panels.
     *
     * @param backwards whether the last panels come first
     * @param sums {@code [panels, 4 * lanes]}, overwritten
     */
    @SuppressWarnings("checkstyle:ParameterNumber")
    abstract void gruRowSums(
            Panels overInputs, Panels overHidden, Rows inputs, boolean backwards, float[] sums);

    /**
     * Replaces the first {@code n} numerators, each a sum, by numerators and denominators of its
     * tanh; n is a multiple of the lanes.
     */
    final void tanhFractions(Fractions fractions, int n) {
        tanhFractions(fractions, 1, n, n);
    }

    /**
     * The same for the first {@code n} numerators of each of {@code rows} rows that lie {@code
     * stride} apart; the others stay.
     */
    abstract void tanhFractions(Fractions fractions, int rows, int stride, int n);

    /**
     * The next h and c of one panel's units of an LSTM with the usual functions, in one go: the
     * same bits as from {@link #tanhFractions}, {@link #cells} and {@link #outputs}, which also
     * keep what was between.
     *
     * @param gates sums of the four gates {@code [rows, 4 * lanes]}, those of sigmoid gates halves;
     *     overwritten
     */
    abstract void lstm(int rows, Fractions gates, CellRows cells);

    /**
     * The next h of one panel's units of a GRU with the usual functions, whose reset gate acts on
     * the candidate's sums over h: the same bits as from {@link #tanhFractions}, {@link
     * #candidates} and {@link #blends}.
     *
     * @param gates halves of the sums of r and z, then the candidate's sums over inputs and over h
     *     {@code [rows, 4 * lanes]}; overwritten
     */
    abstract void gru(int rows, Fractions gates, HiddenRows hidden);

    /**
     * The next c of one panel's units.
     *
     * @param gates tanh fractions of the four gates; those of sigmoid gates are of half the sum
     * @param next a second copy of the next c, {@code [rows, lanes]}, overwritten
     */
    abstract void cells(int rows, Fractions gates, CellRows cells, float[] next);

    /**
     * The next h of one panel's units.
     *
     * @param cellTanh tanh fractions of the next c
     */
    abstract void outputs(int rows, Fractions gates, Fractions cellTanh, CellRows cells);

    /** Replaces numerators of the gates i, f, g, o of {@code rows} rows by the gates' values. */
    abstract void gates(int rows, int lanes, Fractions gates);

    /**
     * Divides the first {@code n} numerators by their denominators; n is a multiple of the lanes.
     */
    abstract void quotients(Fractions fractions, int n);

    /**
     * Sums of a GRU's candidates whose reset gate acts on their sums over h.
     *
     * @param gates row by row the tanh fractions of half the sums of r and z, then the candidate's
     *     sums over inputs and over h
     * @param sums {@code [rows, lanes]}, overwritten
     */
    abstract void candidates(int rows, int lanes, Fractions gates, float[] sums);

    /**
     * What a GRU's reset gate leaves of one panel's h.
     *
     * @param reset tanh fractions of half the gate's sums {@code [rows, lanes]}
     */
    abstract void resets(int rows, Fractions reset, Rows h, Rows left);

    /**
     * The next h of one panel's units of a GRU.
     *
     * @param update tanh fractions of half the update gate's sums
     * @param candidates tanh fractions of the candidates' sums {@code [rows, lanes]}
     */
    abstract void blends(int rows, Gate update, Fractions candidates, HiddenRows hidden);

    /**
     * The largest absolute value of {@code values[from..to)}; NaN if one of them is NaN, 0 if there
     * are none.
     */
    abstract float largest(float[] values, int from, int to);

    /** The same form of the arithmetic of learning. */
    abstract LearningKernels learning();

    private static final class Best {

        private static final String VECTOR_MODULE = "jdk.incubator.vector";
        private static final String VECTOR_FORM = "org.cellstream.nn.VectorKernels";

        static final Kernels KERNELS = find();

        private static Kernels find() {
            if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
                return slow("start the JVM with --add-modules " + VECTOR_MODULE, null);
            }
            try {
                Class<?> form = Class.forName(VECTOR_FORM);
                return form.asSubclass(Kernels.class).getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException | LinkageError e) {
                return slow("the vector kernel does not fit this JVM's " + VECTOR_MODULE, e);
            }
        }

        private static Kernels slow(String reason, @Nullable Throwable cause) {
            System.getLogger(Kernels.class.getName())
                    .log(
                            Level.WARNING,
                            "Networks run on the scalar kernel, several times slower: " + reason,
                            cause);
            return scalar();
        }
    }
}
