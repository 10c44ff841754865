package org.cellstream.savepoint;

import org.apache.flink.annotation.Internal;

/**
 * How far a trainer had come.
 *
 * @param generation generation of its publications
 * @param number number of its last publication
 * @param optimiserSteps optimiser steps so far
 */
@Internal
public record SavedTrainer(long generation, long number, long optimiserSteps) {}
