package org.cellstream.jobs.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cellstream.model.Tensor;

/**
 * A batch normalisation with its means and variances as they were when training ended: a scale and
 * a shift of each output, which the dense layer below can do itself.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
final class BatchNormalization {

    private static final double KERAS_EPSILON = 1e-3;

    private final KerasLayer layer;

    BatchNormalization(KerasLayer layer) {
        this.layer = layer;
    }

    /** Replaces weights and bias of the dense layer below. */
    void foldInto(String word, Map<String, Tensor> dense) throws IOException {
        if (!word.matches("dense\\(\\d+\\)")) {
            throw layer.refused(
                    "stands on %s; need a dense layer without activation, to fold it into"
                            .formatted(word));
        }
        Tensor weight = dense.get("weight");
        if (weight == null) {
            throw layer.refused("stands on a dense layer without weights");
        }
        int units = weight.dimension(0);
        int width = weight.dimension(1);
        boolean scale = layer.flag("scale", true);
        boolean center = layer.flag("center", true);
        List<Tensor> variables = layer.variables().take("", (scale ? 1 : 0) + (center ? 1 : 0), 2);
        int next = 0;
        float[] gamma = scale ? values(variables.get(next++), units) : filled(units, 1);
        float[] beta = center ? values(variables.get(next++), units) : filled(units, 0);
        float[] mean = values(variables.get(next++), units);
        float[] variance = values(variables.get(next), units);
        Tensor bias = dense.get("bias");
        float[] before = bias == null ? filled(units, 0) : bias.values();
        double epsilon = layer.number("epsilon", KERAS_EPSILON);
        float[] weights = weight.values().clone();
        float[] shift = new float[units];
        for (int u = 0; u < units; u++) {
            double factor = gamma[u] / Math.sqrt(variance[u] + epsilon);
            shift[u] = (float) (((double) before[u] - mean[u]) * factor + beta[u]);
            for (int i = u * width; i < (u + 1) * width; i++) {
                weights[i] = (float) (weights[i] * factor);
            }
        }
        dense.put("weight", new Tensor(weight.name(), weight.shape(), weights));
        dense.put("bias", new Tensor("bias", List.of(units), shift));
    }

    private float[] values(Tensor tensor, int units) throws IOException {
        if (tensor.values().length != units) {
            throw layer.refused("has %s; need %d numbers".formatted(tensor, units));
        }
        return tensor.values();
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
