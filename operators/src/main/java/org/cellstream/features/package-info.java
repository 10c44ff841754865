/**
 * From the raw numbers of an event to the network's input row and back: columns and their grammar,
 * transforms, and the running standardisation of each key.
 *
 * <p>Imports the JDK and {@code config}'s checked values: no Flink, no ND4J. {@link
 * org.cellstream.features.Columns} is immutable and may be shared between threads; a {@link
 * org.cellstream.features.FeaturePipeline} owns scratch memory and belongs to one thread. All that
 * a key remembers is in the array of doubles that the caller hands over, and a fresh key's array
 * holds zeros. A {@link org.cellstream.features.FeatureMapping} carries such an array over to other
 * columns.
 *
 * <p>Looks odd, on purpose:
 *
 * <ul>
 *   <li>Logarithms and exponentials are {@link java.lang.StrictMath}'s: those of {@link
 *       java.lang.Math} may differ in the last bit between machines, and the same events are to
 *       give the same rows on any of them.
 *   <li>An event is transformed in full before anything is remembered, so that a rejected one
 *       changes nothing.
 *   <li>Every column counts its events, although all columns of a key take in the same ones: after
 *       a change of columns the new ones start from zero beside old ones that do not.
 *   <li>Columns that are no standardised numbers (categories, sines and cosines) are counted too:
 *       transforms before their last may remember.
 *   <li>A count may have a fraction, which says from what the statistics of a key never seen
 *       started; {@link org.cellstream.features.StartedCount} says why it is there.
 *   <li>The pipeline keeps no time. The gap to the key's last event comes from the caller, who
 *       keeps that event's time anyway.
 *   <li>The running mean is kept in two doubles and the standard deviation is kept instead of the
 *       variance; {@link org.cellstream.features.Standardisation} says why.
 * </ul>
 */
@NullMarked
package org.cellstream.features;

import org.jspecify.annotations.NullMarked;
