package org.cellstream.nn;

/**
 * What a forward pass keeps of one layer for the backward pass: a closed set, one record for each
 * kind of layer that keeps something of its own. Rows are time-major, {@code [T, B, ...]}.
 */
public sealed interface LayerActivations
        permits LstmActivations,
                DenseActivations,
                LayerNormActivations,
                DropoutActivations,
                OutputActivations {

    /** Rows of the layer's output (h for an LSTM), {@code [T, B, O]}. */
    float[] outputs();
}
