/**
 * Model files: safetensors in and out, which of its tensors is which parameter of a network, how a
 * network is drawn, and a network run over rows of many keys.
 *
 * <p>Imports {@code nn} and Jackson's streaming parser; no Flink. Records are immutable and may be
 * shared between threads; a {@link org.cellstream.model.KeyedRunner} belongs to one thread.
 *
 * <p>Looks odd, on purpose: every length in a file is checked against the file's size before
 * anything is allocated for it, since a broken file must end in one line and not in an {@link
 * OutOfMemoryError}.
 */
@NullMarked
package org.cellstream.model;

import org.jspecify.annotations.NullMarked;
