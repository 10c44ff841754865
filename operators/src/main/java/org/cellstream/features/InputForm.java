package org.cellstream.features;

/** How a column's value becomes numbers of the network's input row. */
enum InputForm {
    /** Brought to mean 0 and variance 1 of its key. */
    STANDARDISED(1),
    /** As it is: an index that an embedding reads. */
    INDEX(1),
    /** As standardised; then 1 if it is missing, else 0; then the standardised time without it. */
    MAY_BE_MISSING(3),
    /** The sine and the cosine of the value, an angle. */
    ANGLE(2);

    private final int width;

    InputForm(int width) {
        this.width = width;
    }

    /** Numbers of the row. */
    int width() {
        return width;
    }

    /** Whether its first number is brought to one scale. */
    boolean isStandardised() {
        return this == STANDARDISED || this == MAY_BE_MISSING;
    }
}
