/**
 * Everything that knows Kafka: sources and sinks of the jobs, the codecs of their records, weights
 * as slices on a compacted topic, and {@link org.cellstream.jobs.kafka.LocalKafka}, a broker of one
 * node for trying things.
 *
 * <p>May import Kafka, Flink's connector, Jackson's streaming core, and of Cellstream the records
 * and the options. Codecs belong to one thread each; a broker may be used by any.
 *
 * <p>Looks odd, on purpose: records are read and written with Jackson's streams, never as trees,
 * since decoding is paid for every event; and a decoder hands broken input on as a rejection, it
 * throws nothing.
 */
@NullMarked
package org.cellstream.jobs.kafka;

import org.jspecify.annotations.NullMarked;
