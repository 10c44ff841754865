/**
 * The whole job, from Kafka to Kafka, beside the same job without its LSTM.
 *
 * <p>May import anything of ours, and {@code harness}. {@code KafkaJobMain} and what it uses run in
 * a child, the rest in the benchmark. Looks odd, on purpose: a job is started and stopped by an
 * interceptor in its Kafka clients, so that the job itself is the one that users run; and the job
 * beside it is the same one, in whose finished graph one operator is replaced.
 */
@NullMarked
package org.cellstream.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
