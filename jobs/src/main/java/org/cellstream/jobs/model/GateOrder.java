package org.cellstream.jobs.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.model.Tensor;

/**
 * Keras' recurrent weights under PyTorch's names. Keras multiplies from the right, so its matrices
 * lie transposed. Gates of an LSTM have the same order in both (input, forget, cell, output); of a
 * GRU Keras has update, reset, candidate, and PyTorch reset, update, candidate.
 */
final class GateOrder {

    private static final int[] LSTM = {0, 1, 2, 3};
    private static final int[] GRU = {1, 0, 2};

    private GateOrder() {}

    /**
     * Weights of an LSTM or a GRU.
     *
     * @param variables kernel, recurrent kernel and, if there is one, bias
     * @param suffix of the direction
     */
    static Map<String, Tensor> recurrent(boolean gru, List<Tensor> variables, String suffix) {
        int[] order = gru ? GRU : LSTM;
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put("weight_ih_l0" + suffix, ordered(transposed(variables.get(0)), order));
        tensors.put("weight_hh_l0" + suffix, ordered(transposed(variables.get(1)), order));
        if (variables.size() > 2) {
            Tensor bias = variables.get(2);
            boolean both = bias.shape().size() == 2 && bias.dimension(0) <= 2;
            tensors.put("bias_ih_l0" + suffix, ordered(both ? row(bias, 0) : bias, order));
            if (both && bias.dimension(0) == 2) {
                tensors.put("bias_hh_l0" + suffix, ordered(row(bias, 1), order));
            }
        }
        return tensors;
    }

    /** Weights of both directions of such a layer, with their biases if there are any. */
    static Map<String, Tensor> bidirectional(boolean gru, LayerVariables variables, boolean biases)
            throws IOException {
        int count = biases ? 3 : 2;
        Map<String, Tensor> both = new HashMap<>();
        both.putAll(recurrent(gru, variables.take("forward_layer/cell", count, 0), ""));
        both.putAll(recurrent(gru, variables.take("backward_layer/cell", count, 0), "_reverse"));
        return both;
    }

    /** Weights of a dense layer: kernel and, if there is one, bias. */
    static Map<String, Tensor> dense(List<Tensor> variables) {
        Map<String, Tensor> named = new HashMap<>();
        named.put("weight", transposed(variables.get(0)));
        if (variables.size() > 1) {
            named.put("bias", variables.get(1));
        }
        return named;
    }

    /** A matrix with its dimensions swapped; others as they are. */
    static Tensor transposed(Tensor matrix) {
        if (matrix.shape().size() != 2) {
            return matrix;
        }
        int rows = matrix.dimension(0);
        int columns = matrix.dimension(1);
        float[] values = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[c * rows + r] = matrix.values()[r * columns + c];
            }
        }
        return new Tensor(matrix.name(), List.of(columns, rows), values);
    }

    private static Tensor row(Tensor matrix, int row) {
        int columns = matrix.dimension(1);
        float[] values = new float[columns];
        System.arraycopy(matrix.values(), row * columns, values, 0, columns);
        return new Tensor(matrix.name(), List.of(columns), values);
    }

    /** The same with its gates, equal parts of the first dimension, in another order. */
    private static Tensor ordered(Tensor tensor, int[] order) {
        int part = tensor.values().length / order.length;
        float[] values = tensor.values().clone();
        for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(tensor.values(), order[gate] * part, values, gate * part, part);
        }
        return new Tensor(tensor.name(), tensor.shape(), values);
    }
}
