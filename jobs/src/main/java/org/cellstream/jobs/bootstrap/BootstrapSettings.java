package org.cellstream.jobs.bootstrap;

import java.nio.file.Path;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.config.JobConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a bootstrap is to do.
 *
 * @param config of the job
 * @param csv the file
 * @param weights folder of the savepoint or checkpoint whose weights are taken; null for seeded
 *     ones
 * @param out folder that becomes the savepoint; empty, or made
 */
@Internal
public record BootstrapSettings(JobConfig config, Path csv, @Nullable Path weights, Path out) {}
