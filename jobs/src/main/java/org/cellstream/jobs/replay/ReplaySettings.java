package org.cellstream.jobs.replay;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a replay is to do.
 *
 * @param csv the file
 * @param wide columns of the file that are keys, see {@link WideColumns}; mostly none
 * @param options of the job, as far as the user gave them: columns, target, key, time and others
 * @param work folder that stays, so that the replay can be resumed; null for a temporary one
 * @param forecasts where the forecasts go, by key and step, a JSON object a line; null for nowhere
 * @param version of the program; another one's work is not resumed
 */
@Internal
public record ReplaySettings(
        Path csv,
        List<String> wide,
        Configuration options,
        @Nullable Path work,
        @Nullable Path forecasts,
        String version) {

    public ReplaySettings {
        wide = List.copyOf(wide);
    }
}
