/**
 * A Flink of its own inside this process, for demo, replay and run: configuration bounded for a
 * laptop, everything on the loopback address, and a way to stop it.
 *
 * <p>May import Flink; nothing of Cellstream but the options. Any thread may stop a job.
 *
 * <p>Looks odd, on purpose: folders are deleted in several attempts, since a cluster that has ended
 * its job still deletes its own files for a moment.
 */
@NullMarked
package org.cellstream.jobs.embedded;

import org.jspecify.annotations.NullMarked;
