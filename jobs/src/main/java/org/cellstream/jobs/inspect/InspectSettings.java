package org.cellstream.jobs.inspect;

import java.nio.file.Path;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What an inspection is to look at.
 *
 * @param savepoint folder of a savepoint or a kept checkpoint
 * @param uidPrefix what stands before the uids of the network's operators
 * @param key the only key wanted, with its values; null for all, without
 * @param format how it is written
 */
@Internal
public record InspectSettings(
        Path savepoint, String uidPrefix, @Nullable String key, Format format) {}
