package org.cellstream.jobs.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cellstream.jobs.report.KeyScore;
import org.cellstream.jobs.report.TextTable;
import org.jspecify.annotations.Nullable;

/** What a backtest says, as tables. */
final class BacktestTables {

    private final BacktestResult run;
    private final List<BacktestResult> bySkill;
    private final @Nullable Tuning tuning;

    /**
     * @param run the one that is told
     * @param bySkill all of them, the worst first
     */
    BacktestTables(BacktestResult run, List<BacktestResult> bySkill, @Nullable Tuning tuning) {
        this.run = run;
        this.bySkill = bySkill;
        this.tuning = tuning;
    }

    /** One line: how much there was, and which part of it is scored. */
    String summary() {
        BacktestResult.Facts facts = run.facts();
        long after = facts.scored().after();
        return String.format(
                Locale.ROOT,
                "%,d rows, %,d forecasts of %,d keys, seed %d; scored: %s to %s",
                facts.rows().rows(),
                facts.forecasts(),
                run.keys().size(),
                run.seed(),
                after == Long.MIN_VALUE ? "the first" : "after " + time(after),
                time(facts.lastTime()));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString().replace("T00:00:00Z", "");
    }

    /** All tables but that of each key. */
    List<TextTable> all() {
        List<TextTable> all = new ArrayList<>(List.of(methods(), intervals(), tenths()));
        List<KeyResult> keys = bySkill(run.keys());
        if (keys.size() > 1) {
            all.add(keys(List.of("best, median, worst"), extremes(keys)));
        }
        if (bySkill.size() > 1) {
            all.add(seeds());
        }
        if (tuning != null) {
            all.add(trials(tuning));
        }
        return all;
    }

    private TextTable methods() {
        List<List<String>> rows = new ArrayList<>();
        for (Method method : run.methods()) {
            MethodScore score = run.score(method);
            rows.add(
                    List.of(
                            method.toString(),
                            number(score.mae()),
                            number(score.rmse()),
                            number(score.mase()),
                            percent(score.maeSkill())));
        }
        return new TextTable(List.of("forecast by", "MAE", "RMSE", "MASE", "skill"), rows);
    }

    private TextTable intervals() {
        BacktestResult.Intervals intervals = run.intervals();
        String promise = share(intervals.reliability().coverage()) + " intervals";
        return new TextTable(
                List.of(promise, "hold", "mean width", "pinball loss"),
                List.of(
                        row("of the forecasts", intervals.own()),
                        row("around the last value", intervals.persistence())));
    }

    private static List<String> row(String name, IntervalTally tally) {
        return List.of(
                name, share(tally.coverage()), number(tally.meanWidth()), number(tally.pinball()));
    }

    private TextTable tenths() {
        double[] tenths = run.intervals().reliability().tenths();
        List<String> header = new ArrayList<>(List.of("tenth of the times"));
        List<String> row = new ArrayList<>(List.of("intervals hold"));
        for (int i = 0; i < tenths.length; i++) {
            header.add(Integer.toString(i + 1));
            row.add(share(tenths[i]));
        }
        return new TextTable(header, List.of(row));
    }

    /** Every key that was scored, the best first. */
    TextTable keys() {
        return keys(List.of("key"), bySkill(run.keys()));
    }

    private TextTable keys(List<String> name, List<KeyResult> keys) {
        List<String> header = new ArrayList<>(name);
        header.addAll(List.of("MAE", "RMSE", "MASE", "skill", "pinball loss", "hold", "width"));
        List<List<String>> rows = new ArrayList<>();
        for (KeyResult key : keys) {
            KeyScore score = key.score(Method.MIXTURE);
            rows.add(
                    List.of(
                            key.key(),
                            number(score.mae()),
                            number(score.rmse()),
                            number(key.mase(Method.MIXTURE)),
                            percent(key.skill()),
                            number(key.interval().pinball()),
                            share(key.interval().coverage()),
                            number(key.interval().meanWidth())));
        }
        return new TextTable(header, rows);
    }

    private static List<KeyResult> extremes(List<KeyResult> bySkill) {
        int last = bySkill.size() - 1;
        return Stream.concat(Stream.of(0, 1, (last + 1) / 2), IntStream.of(last - 1, last).boxed())
                .filter(i -> i >= 0)
                .distinct()
                .sorted()
                .map(bySkill::get)
                .toList();
    }

    /** Those keys that were scored, the best first; equal ones by name. */
    static List<KeyResult> bySkill(List<KeyResult> keys) {
        return keys.stream()
                .filter(key -> Double.isFinite(key.skill()))
                .sorted(
                        Comparator.comparing(KeyResult::skill)
                                .reversed()
                                .thenComparing(KeyResult::key))
                .toList();
    }

    private TextTable seeds() {
        List<List<String>> rows =
                bySkill.stream()
                        .sorted(Comparator.comparing(BacktestResult::seed))
                        .map(one -> List.of(Long.toString(one.seed()), percent(one.skill())))
                        .toList();
        return new TextTable(List.of("seed", "skill"), rows);
    }

    private static TextTable trials(Tuning tuning) {
        List<List<String>> rows = new ArrayList<>();
        for (Tuning.Trial trial : tuning.trials()) {
            boolean best = trial.equals(tuning.best());
            rows.add(List.of(trial.toString(), percent(trial.skill()), best ? "taken" : ""));
        }
        return new TextTable(List.of("tried through " + time(tuning.through()), "skill", ""), rows);
    }

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
    }

    static String percent(double skill) {
        return Double.isNaN(skill) ? "-" : String.format(Locale.ROOT, "%+.1f%%", 100 * skill);
    }

    static String share(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
