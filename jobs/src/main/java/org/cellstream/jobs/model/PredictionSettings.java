package org.cellstream.jobs.model;

import java.nio.file.Path;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What to run over what.
 *
 * @param key column that says whose row it is; null if all rows are of one key
 * @param reset column that is 1 where the key's state is to start from zeros, else 0; null if never
 * @param time column with a row's time; null if it has none
 * @param raw whether the metadata's columns and standardisation are passed over
 * @param skipBad whether rows that cannot be read are left out, instead of ending it
 */
@Internal
public record PredictionSettings(
        Path csv,
        @Nullable String key,
        @Nullable String reset,
        @Nullable String time,
        Path out,
        boolean raw,
        boolean skipBad) {}
