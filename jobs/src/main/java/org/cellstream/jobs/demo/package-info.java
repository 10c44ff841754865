/**
 * The demo: a simulated market through Kafka and the job, and a table of what comes out.
 *
 * <p>May import the job, {@code jobs.kafka}'s readers and writers, {@code embedded}, {@code
 * market}, {@code report}; no Kafka. Two threads: one sends trades, one reads forecasts and shows
 * them; what they share is safe for both and says so.
 *
 * <p>Looks odd, on purpose: nothing is taken from inside the job. The table shows what a reader of
 * the topics sees, a second late because of the transactions.
 */
@NullMarked
package org.cellstream.jobs.demo;

import org.jspecify.annotations.NullMarked;
