package org.cellstream.learn;

import org.cellstream.nn.LayerActivations;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of one layer over windows of one shape, N = T * B rows in order of time. Fill
 * {@link #outputGradient}, then call {@link #backward}.
 */
sealed interface LayerBackward extends AutoCloseable
        permits LstmBackward,
                DenseBackward,
                EmbeddingBackward,
                LayerNormBackward,
                DropoutBackward,
                SkipBackward {

    /** Takes over what the forward pass kept of this layer. */
    void keep(LayerActivations kept);

    /** The layer's outputs {@code [N, O]}. */
    Matrix outputs();

    /** Gradient of the loss with respect to the outputs {@code [N, O]}; backward may change it. */
    Matrix outputGradient();

    /**
     * Adds this layer's share to the gradient of its parameters.
     *
     * @param inputs what the layer saw {@code [N, I]}, read
     * @param inputGradient gradient with respect to the inputs {@code [N, I]}, overwritten; null if
     *     nobody needs it
     */
    void backward(Matrix inputs, @Nullable Matrix inputGradient);

    @Override
    void close();
}
