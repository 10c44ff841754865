package org.cellstream.features;

/**
 * One number of the network's input row.
 *
 * @param name of the column it comes from
 * @param categories how many there are if it is the index of one; 0 if it is a number like any
 *     other
 */
public record NetworkInput(String name, int categories) {

    /** Whether it is the index of a category, which only an embedding can read. */
    public boolean isCategory() {
        return categories > 0;
    }
}
