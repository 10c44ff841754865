package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * A training window that is being filled: rows of inputs, and the label of each. The newest row may
 * have no label yet: then its place holds how much more than 1 the label is going to weigh.
 */
@Internal
public final class OpenWindow {

    private final int steps;
    private final float[] inputs;
    private final float[] labels;
    private final float[] weights;
    private int rows;

    /** An empty window of {@code steps} time steps over rows of {@code width} inputs. */
    public OpenWindow(int steps, int width) {
        this(0, new float[steps * width], new float[steps], new float[steps]);
    }

    OpenWindow(int rows, float[] inputs, float[] labels, float[] weights) {
        this.steps = labels.length;
        this.rows = rows;
        this.inputs = inputs;
        this.labels = labels;
        this.weights = weights;
    }

    OpenWindow copy() {
        return new OpenWindow(rows, inputs.clone(), labels.clone(), weights.clone());
    }

    int length() {
        return 2 * 4 + 4 * (2 * steps + inputs.length);
    }

    void write(ByteBuffer out) {
        out.putInt(rows).putInt(steps);
        Bytes.put(out, labels, 0, labels.length);
        Bytes.put(out, weights, 0, weights.length);
        Bytes.put(out, inputs, 0, inputs.length);
    }

    static OpenWindow read(ByteBuffer in) {
        int rows = in.getInt();
        int steps = in.getInt();
        float[] labels = Bytes.floats(in, steps);
        float[] weights = Bytes.floats(in, steps);
        return new OpenWindow(rows, Bytes.floats(in, in.remaining() / 4), labels, weights);
    }

    /** Whether this window has {@code steps} time steps of rows of {@code width} inputs. */
    public boolean holds(int steps, int width) {
        return labels.length == steps && inputs.length == steps * width;
    }

    /** Time steps of the window, T. */
    public int steps() {
        return steps;
    }

    /** Rows of inputs so far. */
    public int rows() {
        return rows;
    }

    /** Inputs, {@code [T, width]}. */
    public float[] inputs() {
        return inputs;
    }

    /** Labels, {@code [T]}. */
    public float[] labels() {
        return labels;
    }

    /** Weights of the labels, {@code [T]}; 0 for a label that must not be learned. */
    public float[] weights() {
        return weights;
    }

    /**
     * Adds a row of inputs that has no label yet.
     *
     * @param weight how much its label is going to count
     */
    public void add(float[] row, float weight) {
        if (rows == steps) {
            throw new IllegalStateException("window has its " + steps + " rows already");
        }
        System.arraycopy(row, 0, inputs, rows * row.length, row.length);
        labels[rows] = weight - 1; // as 0 for a plain one it is what it always was
        weights[rows] = 0;
        rows++;
    }

    /** Lets the oldest row go. */
    public void slide() {
        int width = inputs.length / steps;
        System.arraycopy(inputs, width, inputs, 0, inputs.length - width);
        System.arraycopy(labels, 1, labels, 0, steps - 1);
        System.arraycopy(weights, 1, weights, 0, steps - 1);
        rows--;
    }

    /** A copy of a full window in which only the newest row's label counts. */
    public OpenWindow lastAlone() {
        float[] alone = new float[steps];
        alone[steps - 1] = weights[steps - 1];
        return new OpenWindow(rows, inputs.clone(), labels.clone(), alone);
    }

    /** Whether this window has no room left. */
    public boolean isFull() {
        return rows == steps;
    }

    /** How much the label of the newest row counts; 0 without a label. */
    public float lastWeight() {
        return weights[rows - 1];
    }

    /** A copy of the newest row of {@code width} inputs. */
    public float[] lastRow(int width) {
        return Arrays.copyOfRange(inputs, (rows - 1) * width, rows * width);
    }

    /**
     * Says that the label of the newest row, which is still to come, must not be learned: events
     * between the two were left out.
     */
    public void skipLabel() {
        if (rows > 0) {
            labels[rows - 1] = -1;
        }
    }

    /** Labels the newest row, which has no label yet. */
    public void label(float label) {
        if (rows == 0) {
            throw new IllegalStateException("window has no row to label");
        }
        weights[rows - 1] = labels[rows - 1] + 1;
        labels[rows - 1] = label;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof OpenWindow w
                && rows == w.rows
                && Arrays.equals(inputs, w.inputs)
                && Arrays.equals(labels, w.labels)
                && Arrays.equals(weights, w.weights);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "OpenWindow[" + rows + " of " + steps + " rows]";
    }
}
