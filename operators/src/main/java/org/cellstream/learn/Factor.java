package org.cellstream.learn;

/** A matrix of weights on the right of products. */
sealed interface Factor permits FloatFactor, DoubleFactor {

    /** Takes the weights as they are now; to be called after each change of them. */
    void load();

    /** {@code to} becomes {@code left} times the weights. */
    void setProduct(Matrix to, Matrix left);

    /** Adds {@code left} times the weights to {@code to}. */
    void addProduct(Matrix to, Matrix left);
}
