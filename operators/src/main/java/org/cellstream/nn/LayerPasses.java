package org.cellstream.nn;

/** Makes the {@link LayerPass} of each kind of layer. */
final class LayerPasses implements LayerVisitor<LayerPass> {

    private final Network network;
    private final int index;
    private final Kernels kernels;
    private final int maxRows;
    private final Rows networkInput;

    /**
     * For layer {@code index} of a network.
     *
     * @param networkInput points at the network's input rows in every step
     */
    LayerPasses(Network network, int index, Kernels kernels, int maxRows, Rows networkInput) {
        this.network = network;
        this.index = index;
        this.kernels = kernels;
        this.maxRows = maxRows;
        this.networkInput = networkInput;
    }

    @Override
    public LayerPass lstm(Lstm layer) {
        return new LstmPass(network, index, kernels, maxRows);
    }

    @Override
    public LayerPass dense(Dense layer) {
        return new DensePass(network, index, layer, kernels, maxRows);
    }

    @Override
    public LayerPass embedding(Embedding layer) {
        return new EmbeddingPass(network, index, layer, maxRows);
    }

    @Override
    public LayerPass layerNorm(LayerNorm layer) {
        return new LayerNormPass(network, index, layer, maxRows);
    }

    @Override
    public LayerPass dropout(Dropout layer) {
        return new DropoutPass(network.inputsOf(index));
    }

    @Override
    public LayerPass skip(Skip layer) {
        return new SkipPass(network.inputsOf(index), networkInput, maxRows);
    }
}
