package org.cellstream.features;

import java.util.List;

/**
 * One input of the network: a source and the transforms that it goes through, first one first.
 *
 * @param name what users call it
 * @param source what it starts from
 * @param transforms applied from left to right
 */
record Column(String name, Source source, List<Transform> transforms) {

    Column {
        transforms = List.copyOf(transforms);
    }

    /** Whether it gives the same values as another column, whatever the two are called. */
    boolean computesAs(Column other) {
        return source.equals(other.source) && transforms.equals(other.transforms);
    }

    /** Doubles that a key remembers of it. */
    int memorySize() {
        int size = Standardisation.MEMORY_SIZE;
        for (Transform transform : transforms) {
            size = Math.addExact(size, transform.memorySize());
        }
        return size;
    }

    /**
     * The text that the grammar reads: {@code range=High/Low|log}, or {@code Close} alone for
     * {@code Close=Close}.
     */
    @Override
    public String toString() {
        boolean bare =
                transforms.isEmpty() && source.divisor() == null && name.equals(source.field());
        StringBuilder text = new StringBuilder(bare ? name : name + "=" + source);
        for (Transform transform : transforms) {
            text.append('|').append(transform);
        }
        return text.toString();
    }
}
