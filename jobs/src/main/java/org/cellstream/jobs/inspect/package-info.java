/**
 * Looks into savepoints and kept checkpoints: what each key remembers, and what else lies there of
 * a job. Reads only, whatever job and cluster wrote them.
 *
 * <p>May import Flink's state processor API and what the operators say of their savepoints; no
 * Kafka. Works in one thread, which an interruption stops.
 *
 * <p>Looks odd, on purpose: keys are written as text where they are read, in Flink's task, so that
 * no state of millions of keys travels to whoever prints them.
 */
@NullMarked
package org.cellstream.jobs.inspect;

import org.jspecify.annotations.NullMarked;
