package org.cellstream.nn;

/**
 * What a step of Adam computes with: {@code m = firstKept m + firstNew g}, {@code v = secondKept v
 * + secondNew g g}, {@code w = kept w - rate m / (sqrt(v) + epsilon)}.
 *
 * @param firstKept share of the first moment that stays
 * @param firstNew share of the gradient that is added to it
 * @param secondKept share of the second moment that stays
 * @param secondNew share of the squared gradient that is added to it
 * @param kept share of each weight that stays
 * @param rate learning rate, corrected for the zeros that the moments began with
 * @param epsilon corrected in the same way
 */
public record AdamNumbers(
        float firstKept,
        float firstNew,
        float secondKept,
        float secondNew,
        float kept,
        float rate,
        float epsilon) {}
