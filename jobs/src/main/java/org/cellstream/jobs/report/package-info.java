/**
 * What the commands say about a run: skill against repeating the last value, counts of forecasts,
 * the flat JSON report, the live table, and how much memory the processes took.
 *
 * <p>Imports the JDK and Jackson's streaming core; nothing of Flink but an annotation, nothing of
 * Kafka. Every class belongs to one thread.
 *
 * <p>Looks odd, on purpose: forecasts are read back from their JSON, not taken from the job. What a
 * user of the topic sees is what is counted and scored.
 */
@NullMarked
package org.cellstream.jobs.report;

import org.jspecify.annotations.NullMarked;
