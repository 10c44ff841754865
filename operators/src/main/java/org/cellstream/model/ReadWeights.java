package org.cellstream.model;

import org.cellstream.nn.Weights;

/** Weights, and how they were found in a file. */
record ReadWeights(Weights weights, Reading reading) {}
