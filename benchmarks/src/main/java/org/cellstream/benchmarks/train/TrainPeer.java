package org.cellstream.benchmarks.train;

import java.util.function.Function;

/**
 * A library that can be picked instead of ours.
 *
 * @param name a word of a report's keys
 * @param version as it says
 * @param opening makes one ready to learn, from the cell's first weights
 */
record TrainPeer(String name, String version, Function<TrainCell, TrainSystem> opening) {}
