/** What the experts beside the network cost: {@code benchmarks/run experts}. */
@NullMarked
package org.cellstream.benchmarks.experts;

import org.jspecify.annotations.NullMarked;
