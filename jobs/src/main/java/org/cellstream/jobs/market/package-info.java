/**
 * A simulated market for the demo: prices with something in them to learn, the same for the same
 * seed on any machine.
 *
 * <p>Imports the JDK only. One thread.
 *
 * <p>Looks odd, on purpose: normal numbers come from the Box-Muller formula on {@link StrictMath}
 * and not from the JDK's {@code nextGaussian}, whose algorithm may differ between JDK versions.
 */
@NullMarked
package org.cellstream.jobs.market;

import org.jspecify.annotations.NullMarked;
