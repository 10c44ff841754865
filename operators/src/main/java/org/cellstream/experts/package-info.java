/**
 * Forecasts of one key's next target that need no network, what the mixture of them and the network
 * says, and how far it may be off: an interval and an anomaly score. All of it is learned per key,
 * one event at a time.
 *
 * <p>Imports {@code config} alone. An {@link org.cellstream.experts.Experts} serves any number of
 * keys, owns scratch memory and belongs to one thread; what is known of one key is in its {@link
 * org.cellstream.experts.ExpertMemory}.
 *
 * <p>Looks odd, on purpose: what least squares keep is float32 while the arithmetic is double, and
 * each number is rounded as soon as it is stored. So a key takes half the room, and one that was
 * restored has the same bits as one that never stopped. Exponentials and powers are those of {@link
 * java.lang.StrictMath}, which are the same on every machine.
 */
@NullMarked
package org.cellstream.experts;

import org.jspecify.annotations.NullMarked;
