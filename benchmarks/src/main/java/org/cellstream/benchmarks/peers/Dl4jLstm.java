package org.cellstream.benchmarks.peers;

import org.cellstream.nn.Weights;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.nd4j.linalg.factory.Nd4j;

/** Our weights in a layer of DL4J. */
public final class Dl4jLstm {

    /** DL4J's order of gates, in ours: candidate, forget, output, input. */
    private static final int[] ORDER = {2, 1, 3, 0};

    private Dl4jLstm() {}

    /** Copies the weights of the layer {@code lstm}. */
    public static void load(Layer layer, Weights weights, int units) {
        LayerTensors tensors = new LayerTensors(weights);
        load(
                layer,
                LSTMParamInitializer.INPUT_WEIGHT_KEY,
                tensors.byInput("lstm.weight_ih_l0", units, ORDER));
        load(
                layer,
                LSTMParamInitializer.RECURRENT_WEIGHT_KEY,
                tensors.byInput("lstm.weight_hh_l0", units, ORDER));
        load(
                layer,
                LSTMParamInitializer.BIAS_KEY,
                tensors.byInput("lstm.bias_ih_l0", units, ORDER));
    }

    /** Copies one tensor {@code [inputs, outputs]}, row-major. */
    public static void load(Layer layer, String name, float[] values) {
        var parameter = layer.getParam(name);
        parameter.assign(Nd4j.createFromArray(values).reshape('c', parameter.shape()));
    }
}
