package org.cellstream.benchmarks.train;

import org.cellstream.benchmarks.peers.Dl4jLstm;
import org.cellstream.benchmarks.peers.LayerTensors;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J's {@code fit} on one data set, with truncated backpropagation over all of its steps. Its
 * loss is a sum over time steps where others' is a mean; Adam's step does not depend on that.
 */
final class Dl4jTraining implements TrainSystem {

    private final MultiLayerNetwork network;
    private final DataSet data;

    Dl4jTraining(TrainCell cell) {
        network = new MultiLayerNetwork(configuration(cell));
        network.init();
        LayerTensors tensors = new LayerTensors(cell.weights());
        Dl4jLstm.load(network.getLayer(0), cell.weights(), cell.hidden());
        Dl4jLstm.load(
                network.getLayer(1),
                DefaultParamInitializer.WEIGHT_KEY,
                tensors.get("dense.weight"));
        Dl4jLstm.load(
                network.getLayer(1), DefaultParamInitializer.BIAS_KEY, tensors.get("dense.bias"));
        data =
                new DataSet(
                        byWindow(cell, cell.inputs(), TrainCell.INPUTS),
                        byWindow(cell, cell.labels(), 1));
    }

    private static MultiLayerConfiguration configuration(TrainCell cell) {
        return new NeuralNetConfiguration.Builder()
                .updater(new Adam(TrainCell.LEARNING_RATE))
                .list()
                .layer(
                        new LSTM.Builder()
                                .nIn(TrainCell.INPUTS)
                                .nOut(cell.hidden())
                                .activation(Activation.TANH)
                                .build())
                .layer(
                        new RnnOutputLayer.Builder(LossFunction.MSE)
                                .nIn(cell.hidden())
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTForwardLength(TrainCell.STEPS)
                .tBPTTBackwardLength(TrainCell.STEPS)
                .build();
    }

    /** DL4J's order, {@code [B, width, T]}, of {@code [T, B, width]}. */
    private static INDArray byWindow(TrainCell cell, float[] values, int width) {
        return Nd4j.createFromArray(values)
                .reshape(TrainCell.STEPS, cell.batch(), width)
                .permute(1, 2, 0)
                .dup('f');
    }

    @Override
    public void call() {
        network.fit(data);
    }

    @Override
    public float[] outputs() {
        network.rnnClearPreviousState();
        INDArray outputs = network.output(data.getFeatures());
        return outputs.permute(2, 0, 1).dup('c').data().asFloat();
    }
}
