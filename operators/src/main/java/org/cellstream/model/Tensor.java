package org.cellstream.model;

import java.util.Arrays;
import java.util.List;

/**
 * One named tensor of a model file.
 *
 * @param shape its dimensions, outermost first; empty for a single number
 * @param values row-major; owned by this record and never written after construction
 */
public record Tensor(String name, List<Integer> shape, float[] values) {

    public Tensor {
        shape = List.copyOf(shape);
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "tensor \"%s\" has %d floats; its shape %s takes %d"
                            .formatted(name, values.length, shape, size));
        }
    }

    /** Dimension {@code index}; 1 where there is none, so that a vector is one column. */
    public int dimension(int index) {
        return index < shape.size() ? shape.get(index) : 1;
    }

    /** The same floats under another name. */
    public Tensor named(String other) {
        return new Tensor(other, shape, values);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Tensor t
                && name.equals(t.name)
                && shape.equals(t.shape)
                && Arrays.equals(values, t.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + shape.hashCode()) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }
}
