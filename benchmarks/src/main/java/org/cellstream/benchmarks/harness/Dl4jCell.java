package org.cellstream.benchmarks.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J's {@code rnnTimeStep}. A network of DL4J remembers one sequence, so the state of the key is
 * put into it before the step and taken out after it.
 */
final class Dl4jCell implements PeerCell {

    private static final String H =
            org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_ACTIVATION;
    private static final String C =
            org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_MEMCELL;

    private final int hidden;
    private final MultiLayerNetwork network;
    private final INDArray x;
    private final float[] row;

    Dl4jCell(int inputs, int hidden) {
        this.hidden = hidden;
        row = new float[inputs];
        x = Nd4j.createUninitialized(new int[] {1, inputs, 1});
        network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .seed(1)
                                .list()
                                .layer(
                                        new LSTM.Builder()
                                                .nIn(inputs)
                                                .nOut(hidden)
                                                .activation(Activation.TANH)
                                                .build())
                                .layer(
                                        new RnnOutputLayer.Builder(LossFunction.MSE)
                                                .nIn(hidden)
                                                .nOut(1)
                                                .activation(Activation.IDENTITY)
                                                .build())
                                .build());
        network.init();
    }

    @Override
    public float step(double[] numbers, float[] state) {
        for (int i = 0; i < row.length; i++) {
            x.putScalar(i, (float) numbers[i]);
        }
        Map<String, INDArray> before = new HashMap<>();
        before.put(H, part(state, 0));
        before.put(C, part(state, hidden));
        network.rnnSetPreviousState(0, before);
        float y = network.rnnTimeStep(x).getFloat(0);
        Map<String, INDArray> after = network.rnnGetPreviousState(0);
        copy(Objects.requireNonNull(after.get(H)), state, 0);
        copy(Objects.requireNonNull(after.get(C)), state, hidden);
        return y;
    }

    private INDArray part(float[] state, int from) {
        float[] values = new float[hidden];
        System.arraycopy(state, from, values, 0, hidden);
        return Nd4j.create(values, new int[] {1, hidden});
    }

    private void copy(INDArray from, float[] state, int to) {
        System.arraycopy(from.toFloatVector(), 0, state, to, hidden);
    }

    @Override
    public void close() {
        network.close();
    }
}
