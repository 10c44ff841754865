/**
 * Records that travel on streams. Each is public, immutable by contract (nobody writes to an array
 * after emission) and has a {@code type} that names its Flink types in full, so that jobs run with
 * {@code pipeline.generic-types: false}. Events, which travel most, have a serializer of their own
 * for the bytes of Flink's: state of either is read by either.
 *
 * <p>A leaf: imports Flink's type information and nothing of Cellstream.
 */
@NullMarked
package org.cellstream.event;

import org.jspecify.annotations.NullMarked;
