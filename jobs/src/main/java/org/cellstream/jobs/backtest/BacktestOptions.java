package org.cellstream.jobs.backtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LossConfig;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.replay.ReplayOptions;

/** What a backtest sets of the job's options, beside what the user gave. */
final class BacktestOptions {

    /** A job's options name a Kafka, which nobody talks to here. */
    private static final String NO_KAFKA = "127.0.0.1:9092";

    private static final double MEDIAN = 0.5;

    private BacktestOptions() {}

    /**
     * Checks what the user gave.
     *
     * @throws IllegalArgumentException if something is wrong
     */
    static void check(Configuration given) {
        ReplayOptions.check(given, "a backtest");
        List<Mistake> mistakes = new ArrayList<>();
        if (given.containsKey(CellstreamOptions.EXPERTS_TELL.key())) {
            mistakes.add(
                    mistake(CellstreamOptions.EXPERTS_TELL, "given; a backtest decides it itself"));
        }
        LossConfig loss = LossConfig.from(given);
        if (loss.kind() == LossConfig.Kind.BINARY_CROSS_ENTROPY
                || loss.kind() == LossConfig.Kind.CATEGORICAL_CROSS_ENTROPY) {
            mistakes.add(
                    mistake(
                            CellstreamOptions.TRAINING_LOSS,
                            loss + "; a backtest compares numbers, not classes"));
        }
        if (given.get(CellstreamOptions.TRAINING_LABELS) == LabelSource.GIVEN) {
            mistakes.add(
                    mistake(
                            CellstreamOptions.TRAINING_LABELS,
                            "given; a backtest needs next-event, since no simple method knows"
                                    + " labels"));
        }
        int rewind = given.get(CellstreamOptions.LATE_REWIND_STEPS);
        if (rewind > 0) {
            mistakes.add(
                    mistake(
                            CellstreamOptions.LATE_REWIND_STEPS,
                            rewind + "; a backtest scores each forecast once, so it needs 0"));
        }
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException("the options", mistakes);
        }
    }

    private static Mistake mistake(ConfigOption<?> option, String what) {
        return new Mistake(option.key(), option.key() + " is " + what);
    }

    /**
     * The whole job.
     *
     * @param spacing usual distance between two times of the file
     */
    static JobConfig complete(Configuration given, Duration spacing) {
        Configuration options = new ReplayOptions(given).complete(NO_KAFKA, spacing);
        options.set(CellstreamOptions.EXPERTS_TELL, true);
        return JobConfig.from(options);
    }

    /** Which of a forecast's values its error is measured by: of quantiles the middle one. */
    static int point(ReadableConfig options) {
        LossConfig loss = LossConfig.from(options);
        int point = 0;
        if (loss.kind() == LossConfig.Kind.QUANTILE) {
            List<Double> levels = loss.numbers();
            for (int i = 1; i < levels.size(); i++) {
                if (Math.abs(levels.get(i) - MEDIAN) < Math.abs(levels.get(point) - MEDIAN)) {
                    point = i;
                }
            }
        }
        return point;
    }

    /** The methods that each forecast tells of, in its order. */
    static List<Method> told(ExpertsConfig config) {
        return config.experts().stream().map(ExpertName::toString).map(Method::of).toList();
    }

    /** The methods that are compared: the job's own forecasts, what it tells of, the last value. */
    static List<Method> compared(List<Method> told) {
        List<Method> all = new ArrayList<>(List.of(Method.values()));
        all.removeIf(
                method ->
                        method != Method.MIXTURE
                                && method != Method.LAST
                                && !told.contains(method));
        return all;
    }
}
