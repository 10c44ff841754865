package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.RecurrentDropout;
import org.cellstream.nn.WindowShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a recurrent layer dropped of its inputs and of h, for its backward pass: the weights saw
 * inputs and h times their masks, and the gradients go back through the same masks. Without dropout
 * all of it hands through.
 */
final class RecurrentMasks implements AutoCloseable {

    private final @Nullable Masked inputs;
    private final @Nullable Masked hidden;

    /** Gradient with respect to the masked h at one step, [B, H]. */
    private final @Nullable Matrix seenGradient;

    /**
     * For windows of one shape.
     *
     * @param inputs I
     * @param hidden H
     */
    RecurrentMasks(
            DataType precision,
            RecurrentDropout dropout,
            int inputs,
            int hidden,
            WindowShape shape) {
        this.inputs = dropout.inputs() == 0 ? null : new Masked(precision, inputs, shape);
        this.hidden = dropout.hidden() == 0 ? null : new Masked(precision, hidden, shape);
        this.seenGradient =
                dropout.hidden() == 0 ? null : Matrix.allocate(precision, shape.rows(), hidden);
    }

    /** A mask {@code [B, width]} and room for what it was multiplied with {@code [N, width]}. */
    private static final class Masked implements AutoCloseable {

        final Matrix mask;
        final Matrix product;

        Masked(DataType precision, int width, WindowShape shape) {
            this.mask = Matrix.allocate(precision, shape.rows(), width);
            this.product = Matrix.allocate(precision, shape.n(), width);
        }

        Matrix times(Matrix values) {
            multiply(values, product);
            return product;
        }

        /** Every time step of {@code from} times the mask. */
        void multiply(Matrix from, Matrix to) {
            int size = from.size();
            int ofStep = mask.size();
            for (int i = 0; i < size; i++) {
                to.set(i, from.get(i) * mask.get(i % ofStep));
            }
        }

        @Override
        public void close() {
            mask.close();
            product.close();
        }
    }

    /** Takes over what the forward pass multiplied by. */
    void keep(float[] inputMask, float[] hiddenMask) {
        if (inputs != null) {
            inputs.mask.put(0, inputMask);
        }
        if (hidden != null) {
            hidden.mask.put(0, hiddenMask);
        }
    }

    /** The mask of inputs, [B, I], which tests fill in double; null without. */
    @Nullable Matrix inputMask() {
        return inputs == null ? null : inputs.mask;
    }

    /** The mask of h, [B, H], which tests fill in double; null without. */
    @Nullable Matrix hiddenMask() {
        return hidden == null ? null : hidden.mask;
    }

    /** Inputs {@code [N, I]} as the weights saw them. */
    Matrix ofInputs(Matrix values) {
        return inputs == null ? values : inputs.times(values);
    }

    /** Brings a gradient with respect to {@link #ofInputs} to one with respect to the inputs. */
    void backToInputs(@Nullable Matrix gradient) {
        if (inputs != null && gradient != null) {
            inputs.multiply(gradient, gradient);
        }
    }

    /** h before each step {@code [N, H]} as the weights saw it. */
    Matrix ofHidden(Matrix values) {
        return hidden == null ? values : hidden.times(values);
    }

    /**
     * Adds the gradients with respect to the weights over inputs and over h.
     *
     * @param sums gradient with respect to the sums {@code [N, ..]}
     * @param inputs as the weights saw them {@code [N, I]}
     * @param first h before the first step {@code [B, H]}
     * @param outputs h after each step {@code [N, H]}
     */
    void addToWeights(
            JointGradient gradients, Matrix sums, Matrix inputs, Matrix first, Matrix outputs) {
        int rows = first.rows();
        int later = outputs.rows() - rows;
        Matrix firstSeen = first;
        Matrix seen = outputs;
        if (hidden != null) {
            hidden.multiply(first, hidden.product);
            firstSeen = hidden.product.rows(0, rows);
        }
        gradients.add(sums.rows(0, rows), List.of(inputs.rows(0, rows), firstSeen));
        if (later > 0) {
            if (hidden != null) {
                hidden.multiply(outputs.rows(0, later), hidden.product);
                seen = hidden.product;
            }
            gradients.add(
                    sums.rows(rows, later), List.of(inputs.rows(rows, later), seen.rows(0, later)));
        }
    }

    /** What h of one row of the minibatch was multiplied by. */
    double ofHidden(int row, int unit) {
        return hidden == null ? 1 : hidden.mask.get(row * hidden.mask.columns() + unit);
    }

    /**
     * Adds the gradient with respect to h before a step.
     *
     * @param hiddenGradient {@code [B, H]}
     * @param sums gradient with respect to the sums over h at that step
     * @param weight of those sums
     */
    void addToHidden(Matrix hiddenGradient, Matrix sums, Factor weight) {
        if (hidden == null || seenGradient == null) {
            weight.addProduct(hiddenGradient, sums);
            return;
        }
        weight.setProduct(seenGradient, sums);
        int size = seenGradient.size();
        for (int i = 0; i < size; i++) {
            hiddenGradient.set(i, hiddenGradient.get(i) + seenGradient.get(i) * hidden.mask.get(i));
        }
    }

    @Override
    public void close() {
        if (inputs != null) {
            inputs.close();
        }
        if (hidden != null) {
            hidden.close();
        }
        if (seenGradient != null) {
            seenGradient.close();
        }
    }
}
