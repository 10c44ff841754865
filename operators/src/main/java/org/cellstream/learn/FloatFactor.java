package org.cellstream.learn;

import org.cellstream.nn.LearningKernels;
import org.cellstream.nn.WeightProduct;

/** In single precision. */
final class FloatFactor implements Factor {

    private final FloatMatrix weights;
    private final WeightProduct product;

    FloatFactor(FloatMatrix weights) {
        this.weights = weights;
        this.product = new WeightProduct(LearningKernels.best(), weights.rows(), weights.columns());
    }

    @Override
    public void load() {
        product.load(weights.slice(0));
    }

    @Override
    public void setProduct(Matrix to, Matrix left) {
        product.set(left.rows(), FloatMatrix.slice(left), FloatMatrix.slice(to));
    }

    @Override
    public void addProduct(Matrix to, Matrix left) {
        product.add(left.rows(), FloatMatrix.slice(left), FloatMatrix.slice(to));
    }
}
