/**
 * How long a forecast takes at a steady rate, in the operator and from Kafka to Kafka.
 *
 * <p>May import anything of ours, {@code harness}, in whose JVMs the jobs run, and {@code
 * pipeline}, whose job reads Kafka. Feeding and reading Kafka have a thread each.
 */
@NullMarked
package org.cellstream.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
