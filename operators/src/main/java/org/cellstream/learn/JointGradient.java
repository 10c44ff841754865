package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.GradientProduct;
import org.cellstream.nn.LearningKernels;
import org.jspecify.annotations.Nullable;

/** Gradients of weights that go into the same sums, which are read once for all of them. */
final class JointGradient {

    private final List<Matrix> gradients;
    private final @Nullable GradientProduct products;

    /**
     * @param gradients {@code [M, ..]} each
     */
    JointGradient(List<Matrix> gradients) {
        this.gradients = List.copyOf(gradients);
        boolean single = gradients.get(0) instanceof FloatMatrix;
        this.products =
                single
                        ? new GradientProduct(
                                LearningKernels.best(),
                                gradients.get(0).rows(),
                                gradients.stream().mapToInt(Matrix::columns).toArray())
                        : null;
    }

    /**
     * Adds to the gradients.
     *
     * @param sums gradient with respect to the sums {@code [K, M]}, read
     * @param seen what each of the weights saw {@code [K, ..]}, read
     */
    void add(Matrix sums, List<Matrix> seen) {
        if (products != null) {
            products.add(
                    sums.rows(),
                    FloatMatrix.slice(sums),
                    seen.stream().map(FloatMatrix::slice).toList(),
                    gradients.stream().map(FloatMatrix::slice).toList());
            return;
        }
        for (int i = 0; i < gradients.size(); i++) {
            gradients.get(i).addTransposedProduct(sums, seen.get(i));
        }
    }
}
