package org.cellstream.jobs.backtest;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;

/**
 * What was tried on the first part of a history.
 *
 * @param through last event time of that part, epoch milliseconds
 * @param trials in the order in which they were made; at least one
 */
record Tuning(long through, List<Trial> trials) {

    /** Of the distinct times of a history, how many it is tuned on. */
    private static final double PART = 0.4;

    /**
     * What is tried of options that the user did not give, defaults first: they win where all are
     * level.
     */
    private static final Map<ConfigOption<?>, List<String>> GRID =
            Map.of(
                    CellstreamOptions.TRAINING_LEARNING_RATE, List.of("0.002", "0.0005"),
                    CellstreamOptions.TRAINING_WINDOW, List.of("20", "40"),
                    CellstreamOptions.NETWORK, networks());

    Tuning {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("nothing was tried; need at least one trial");
        }
    }

    /**
     * One set of options.
     *
     * @param varied the values of those options that were varied, by name
     * @param skill of the job's forecasts over the last 90% of the part; NaN if nothing was scored
     */
    record Trial(Map<String, String> varied, double skill) {

        /** The options of the user with those that were varied. */
        Configuration options(Configuration given) {
            Configuration options = new Configuration(given);
            varied.forEach(options::setString);
            return options;
        }

        @Override
        public String toString() {
            return varied.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    /** The default one, and one with half the units. */
    private static List<String> networks() {
        String usual = CellstreamOptions.NETWORK.defaultValue();
        return List.of(usual, usual.replace("64", "32"));
    }

    /**
     * Tries all of a small grid, each in one pass over the first part.
     *
     * @throws org.cellstream.jobs.replay.WrongInputException if the part has too few times
     */
    static Tuning search(History history, Configuration given, PrintWriter err) throws Exception {
        long through = history.timeAfter(PART);
        List<Trial> trials = new ArrayList<>();
        for (Map<String, String> varied : grid(given)) {
            Trial untried = new Trial(varied, Double.NaN);
            err.println("trying " + untried);
            err.flush();
            BacktestResult result =
                    new BacktestRun(history, untried.options(given), err)
                            .run(BacktestRun.Part.first(through));
            trials.add(new Trial(varied, result.skill()));
        }
        return new Tuning(through, trials);
    }

    /** Every combination of what is tried. */
    static List<Map<String, String>> grid(Configuration given) {
        List<Map<String, String>> all = List.of(Map.of());
        List<ConfigOption<?>> free =
                GRID.keySet().stream()
                        .filter(option -> !given.containsKey(option.key()))
                        .sorted(Comparator.comparing(ConfigOption::key))
                        .toList();
        for (ConfigOption<?> option : free) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String value : GRID.getOrDefault(option, List.of())) {
                    Map<String, String> longer = new LinkedHashMap<>(one);
                    longer.put(option.key(), value);
                    more.add(longer);
                }
            }
            all = more;
        }
        return all;
    }

    /** The one of the highest skill, the first of several. */
    Trial best() {
        Trial best = trials.get(0);
        for (Trial trial : trials) {
            if (trial.skill() > best.skill() || Double.isNaN(best.skill())) {
                best = trial;
            }
        }
        return best;
    }
}
