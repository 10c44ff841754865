package org.cellstream.learn;

/**
 * In double precision, by ND4J.
 *
 * @param weights which need no loading
 */
record DoubleFactor(DoubleMatrix weights) implements Factor {

    @Override
    public void load() {}

    @Override
    public void setProduct(Matrix to, Matrix left) {
        DoubleMatrix.gemm(left, weights, to, 0);
    }

    @Override
    public void addProduct(Matrix to, Matrix left) {
        DoubleMatrix.gemm(left, weights, to, 1);
    }
}
