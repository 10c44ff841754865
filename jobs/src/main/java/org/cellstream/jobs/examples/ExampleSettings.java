package org.cellstream.jobs.examples;

import java.nio.file.Path;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What a user may choose of an example.
 *
 * @param quick whether a few seconds are enough, and networks that have learned less
 * @param csv the data of an example that reads a file
 */
@Internal
public record ExampleSettings(boolean quick, @Nullable Path csv) {}
