/**
 * The jobs, one {@code XxxJob} per file: {@code main} reads a configuration file and executes,
 * {@code define} puts the job together in any environment.
 *
 * <p>May import the operators' API, the options, and streams of topics from package {@code kafka};
 * no Kafka. Jobs are put together in one thread.
 *
 * <p>Looks odd, on purpose: a job that learns reads its events twice, by two sources, so that a
 * slow trainer never slows forecasts.
 */
@NullMarked
package org.cellstream.jobs;

import org.jspecify.annotations.NullMarked;
