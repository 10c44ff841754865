package org.cellstream.features;

import java.util.List;

/**
 * What the network sees of an event: a source and the transforms that it goes through, first one
 * first.
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

    /** How its value becomes numbers of the network's input row. */
    InputForm form() {
        return transforms.isEmpty()
                ? InputForm.STANDARDISED
                : transforms.get(transforms.size() - 1).form();
    }

    /** How many categories it is the index of; 0 if it is none. */
    int categories() {
        Transform last = transforms.isEmpty() ? null : transforms.get(transforms.size() - 1);
        if (last instanceof Category category) {
            return category.categories();
        }
        return last instanceof KeyCategory bucket ? bucket.categories() : 0;
    }

    /** Whether events may come without its number. */
    boolean mayBeMissing() {
        return form() == InputForm.MAY_BE_MISSING;
    }

    /** Doubles that a key remembers of it before what its transforms remember. */
    int statisticsSize() {
        return form().isStandardised() ? Standardisation.MEMORY_SIZE : Standardisation.COUNT_SIZE;
    }

    /** Doubles that a key remembers of it. */
    int memorySize() {
        int size = statisticsSize();
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
