package org.cellstream.nn;

/**
 * What is done differently for each kind of layer, by code that is no layer's own business.
 *
 * @param <R> what comes of it
 */
public interface LayerVisitor<R> {

    /** For an LSTM. */
    R lstm(Lstm layer);

    /** For a dense layer. */
    R dense(Dense layer);

    /** For an embedding. */
    R embedding(Embedding layer);

    /** For a layer normalisation. */
    R layerNorm(LayerNorm layer);

    /** For a dropout. */
    R dropout(Dropout layer);

    /** For a skip connection. */
    R skip(Skip layer);
}
