package org.cellstream.nn;

/** Makes the {@link LayerPass} of each kind of layer. */
final class LayerPasses implements LayerVisitor<LayerPass> {

    private final Network network;
    private final int index;
    private final Kernels kernels;
    private final int maxRows;

    LayerPasses(Network network, int index, Kernels kernels, int maxRows) {
        this.network = network;
        this.index = index;
        this.kernels = kernels;
        this.maxRows = maxRows;
    }

    @Override
    public LayerPass lstm(Lstm layer) {
        return new LstmPass(network, index, kernels, maxRows);
    }

    @Override
    public LayerPass dense(Dense layer) {
        return new DensePass(network, index, kernels, maxRows);
    }
}
