/**
 * The job on the user's own Kafka and an embedded Flink: {@code cellstream run}, {@code check} and
 * {@code control}.
 *
 * <p>May import the job, its options, the embedded Flink and streams of topics; no Kafka. A run
 * works in one thread, which an interruption stops.
 */
@NullMarked
package org.cellstream.jobs.run;

import org.jspecify.annotations.NullMarked;
