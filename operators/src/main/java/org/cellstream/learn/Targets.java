package org.cellstream.learn;

/**
 * What a network's outputs should have been.
 *
 * @param labels {@code [N, L]}, L as the loss takes them
 * @param weights how much each row counts {@code [N]}; where it is 0 the labels are not read
 */
record Targets(float[] labels, float[] weights) {}
