package org.cellstream.nn;

/**
 * Where one direction's part is among those of all layers.
 *
 * @param weights its first weight among the network's
 * @param state its first number in a key's state
 * @param stateSize numbers in a key's state
 */
record DirectionPlace(int weights, int state, int stateSize) {}
