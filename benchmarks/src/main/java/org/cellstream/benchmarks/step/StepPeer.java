package org.cellstream.benchmarks.step;

import java.util.Set;
import java.util.function.Function;
import org.cellstream.benchmarks.step.StepCell.Kind;

/**
 * A library that can be picked instead of ours.
 *
 * @param name a word of a report's keys
 * @param version as it says
 * @param kinds the layers that it has
 * @param opening makes one ready to step, from a state of zeros
 */
record StepPeer(
        String name, String version, Set<Kind> kinds, Function<StepCell, StepSystem> opening) {}
