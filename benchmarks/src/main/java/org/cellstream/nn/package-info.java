/** What benchmarks need of the kernels and nobody else does. */
@NullMarked
package org.cellstream.nn;

import org.jspecify.annotations.NullMarked;
