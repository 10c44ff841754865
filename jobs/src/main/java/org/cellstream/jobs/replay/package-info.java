/**
 * A file through Kafka and the job, and what came out: reading CSV, the folder a replay can be
 * resumed from, the forecasts in order.
 *
 * <p>May import the job, {@code jobs.kafka}'s readers and writers, {@code report}, FastCSV and
 * Jackson's streaming core; no Kafka. One thread, but for the job's own.
 *
 * <p>Looks odd, on purpose: forecasts lie in a file and only their numbers in arrays, since a
 * replay may have more forecasts than memory has room for JSON; a row that is ragged is sent as a
 * JSON array, so that the job and not the reader rejects it.
 */
@NullMarked
package org.cellstream.jobs.replay;

import org.jspecify.annotations.NullMarked;
