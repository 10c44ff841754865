/**
 * Makes the state of a job from a file, before the job's first start: the job's own forecaster over
 * the file's rows, and a savepoint under the job's uids.
 *
 * <p>May import the job's parts, the reading of files and of savepoints, and the embedded Flink; no
 * Kafka, which a bootstrap does not need. Works in one thread, which an interruption stops.
 *
 * <p>Looks odd, on purpose: the source of rows is of Flink's old kind, since such a source has no
 * state. The savepoint then holds nothing that the job would not know what to do with, so that it
 * needs no permission to leave state out.
 */
@NullMarked
package org.cellstream.jobs.bootstrap;

import org.jspecify.annotations.NullMarked;
