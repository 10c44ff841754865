/**
 * What benchmarks of other systems have in common: the process of Python's PyTorch, the one that
 * DJL brings, and the ways in which others lay out weights. Peers are dependencies of this module
 * only.
 *
 * <p>All run on one thread, with their results checked against ours before they are timed, so that
 * nothing else than ours is compared with it.
 */
@NullMarked
package org.cellstream.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
