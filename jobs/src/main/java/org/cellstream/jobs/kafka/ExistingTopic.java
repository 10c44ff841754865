package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;

/**
 * A topic that was there when the job was put together.
 *
 * @param name its name
 * @param partitions how many partitions it had
 */
@Internal
public record ExistingTopic(String name, int partitions) {}
