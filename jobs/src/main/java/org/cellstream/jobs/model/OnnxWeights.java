package org.cellstream.jobs.model;

import java.util.Arrays;
import org.cellstream.nn.Parameters;
import org.cellstream.nn.Weights;

/** The weights of a network, cut as ONNX wants them. */
final class OnnxWeights {

    private final Parameters parameters;
    private final float[] values;

    OnnxWeights(Weights weights) {
        this.parameters = weights.network().parameters();
        this.values = weights.values();
    }

    boolean has(String parameter) {
        return parameters.list().stream().anyMatch(p -> p.name().equals(parameter));
    }

    float[] all(String parameter) {
        int start = parameters.offset(parameter);
        int size =
                parameters.list().stream()
                        .filter(p -> p.name().equals(parameter))
                        .mapToInt(p -> p.size())
                        .sum();
        return Arrays.copyOfRange(values, start, start + size);
    }

    /** A parameter with its gates, equal parts of its rows, in another order. */
    float[] gates(String parameter, int[] order) {
        float[] from = all(parameter);
        float[] ordered = new float[from.length];
        int part = from.length / order.length;
        for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(from, order[gate] * part, ordered, gate * part, part);
        }
        return ordered;
    }

    /** Rows of a matrix from {@code first} on, as columns: {@code [columns, rows]}. */
    float[] transposed(String parameter, int first, int rows, int columns) {
        float[] from = all(parameter);
        float[] transposed = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = from[(first + r) * columns + c];
            }
        }
        return transposed;
    }
}
