package org.cellstream.benchmarks.step;

import org.cellstream.benchmarks.peers.Dl4jLstm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's {@code rnnTimeStep}. It has no GRU. */
final class Dl4jStep implements StepSystem {

    private final MultiLayerNetwork network;
    private final INDArray inputs;
    private INDArray hidden = Nd4j.empty();

    Dl4jStep(StepCell cell) {
        LSTM layer =
                new LSTM.Builder()
                        .nIn(StepCell.INPUTS)
                        .nOut(cell.hidden())
                        .activation(Activation.TANH)
                        .build();
        network =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder().list().layer(layer).build());
        network.init();
        Dl4jLstm.load(network.getLayer(0), StepCell.weights(cell.network()), cell.hidden());
        inputs = Nd4j.createFromArray(cell.inputs()).reshape(cell.batch(), StepCell.INPUTS);
    }

    @Override
    public void call() {
        hidden = network.rnnTimeStep(inputs);
    }

    @Override
    public float[] hidden() {
        return hidden.dup('c').data().asFloat();
    }
}
