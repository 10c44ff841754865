package org.cellstream.benchmarks.peers;

import java.util.Arrays;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Parameters;
import org.cellstream.nn.Weights;

/** The tensors of a network's weights, in the layouts that other systems have for them. */
public final class LayerTensors {

    private final float[] values;
    private final Parameters parameters;

    public LayerTensors(Weights weights) {
        this.values = weights.values();
        this.parameters = weights.network().parameters();
    }

    /** Whether there is one of that name. */
    public boolean has(String name) {
        return parameters.list().stream().anyMatch(p -> p.name().equals(name));
    }

    /** One tensor as ours and PyTorch's: row-major, a row for each output. */
    public float[] get(String name) {
        int from = parameters.offset(name);
        return Arrays.copyOfRange(values, from, from + parameter(name).size());
    }

    /**
     * One tensor of gates {@code [gates * units, columns]} as {@code [columns, order * units]}: a
     * row for each input, with only these gates and in this order.
     */
    public float[] byInput(String name, int units, int... order) {
        Parameter parameter = parameter(name);
        int from = parameters.offset(name);
        int columns = parameter.columns();
        int width = order.length * units;
        float[] turned = new float[columns * width];
        for (int gate = 0; gate < order.length; gate++) {
            for (int unit = 0; unit < units; unit++) {
                int row = from + (order[gate] * units + unit) * columns;
                for (int k = 0; k < columns; k++) {
                    turned[k * width + gate * units + unit] = values[row + k];
                }
            }
        }
        return turned;
    }

    private Parameter parameter(String name) {
        return parameters.list().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor " + name));
    }
}
