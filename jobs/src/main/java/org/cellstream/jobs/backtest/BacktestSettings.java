package org.cellstream.jobs.backtest;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

/**
 * What a backtest is to do.
 *
 * @param csv the file
 * @param wide columns of the file that are keys; mostly none
 * @param options of the job, as far as the user gave them
 * @param seeds one run for each; at least one
 * @param tune whether to choose options on the first part of the history
 * @param plotKeys keys whose forecasts are drawn; none for the best, the median and the worst
 */
@Internal
public record BacktestSettings(
        Path csv,
        List<String> wide,
        Configuration options,
        List<Long> seeds,
        boolean tune,
        List<String> plotKeys) {

    public BacktestSettings {
        wide = List.copyOf(wide);
        seeds = List.copyOf(seeds);
        plotKeys = List.copyOf(plotKeys);
        if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
            throw new IllegalArgumentException("seeds are " + seeds + "; need each once");
        }
    }
}
