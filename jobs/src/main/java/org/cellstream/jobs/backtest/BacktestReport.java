package org.cellstream.jobs.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.report.Report;
import org.cellstream.jobs.report.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest says: numbers for machines, tables for people, plots. Of several seeds it tells
 * the run whose skill is the median (of an even number the lower one of the middle two), and the
 * spread over all.
 */
@Internal
public final class BacktestReport {

    private final List<BacktestResult> bySkill;
    private final @Nullable Tuning tuning;
    private final double wallSeconds;

    /**
     * @param results one for each seed; at least one
     * @param tuning what was tried before; null if nothing was
     * @param wallSeconds for all of it
     */
    BacktestReport(List<BacktestResult> results, @Nullable Tuning tuning, double wallSeconds) {
        bySkill = results.stream().sorted(Comparator.comparing(BacktestResult::skill)).toList();
        this.tuning = tuning;
        this.wallSeconds = wallSeconds;
    }

    /** The run that is told. */
    BacktestResult median() {
        return bySkill.get((bySkill.size() - 1) / 2);
    }

    /** All numbers, those of the median run first. */
    public Report numbers() {
        BacktestResult run = median();
        BacktestResult.Facts facts = run.facts();
        MethodScore mixture = run.score(Method.MIXTURE);
        Report report = facts.rows().report(facts.forecasts(), facts.duplicates());
        report.put("keys", run.keys().size())
                .put("seed", run.seed())
                .put("mae", mixture.mae())
                .put("rmse", mixture.rmse())
                .put("mase", mixture.mase())
                .put("persistenceMae", run.score(Method.LAST).mae())
                .put("persistenceMase", run.score(Method.LAST).mase())
                .put("maeSkill", mixture.maeSkill())
                .put("rmseSkill", mixture.rmseSkill());
        for (Method method : Method.values()) {
            if (method != Method.MIXTURE && method != Method.LAST) {
                report.put("maeSkill" + method.field(), skill(run, method));
            }
        }
        putIntervals(report, run.intervals());
        report.put("seeds", bySkill.size())
                .put("maeSkillMedian", run.skill())
                .put("maeSkillLowest", bySkill.get(0).skill())
                .put("maeSkillHighest", bySkill.get(bySkill.size() - 1).skill());
        if (tuning != null) {
            report.put("tuned", tuning.best().toString())
                    .put("tunedTrials", tuning.trials().size())
                    .put("tunedThroughTime", tuning.through());
        }
        return report.put("firstWeightsNumber", facts.weights().first())
                .put("lastWeightsNumber", facts.weights().last())
                .put("forecastsSha256", facts.hash())
                .put("wallSeconds", wallSeconds)
                .put("runSeconds", facts.seconds())
                .put("eventsPerSecond", facts.forecasts() / facts.seconds());
    }

    private static double skill(BacktestResult run, Method method) {
        return run.methods().contains(method) ? run.score(method).maeSkill() : Double.NaN;
    }

    private static void putIntervals(Report report, BacktestResult.Intervals intervals) {
        IntervalTally own = intervals.own();
        IntervalTally last = intervals.persistence();
        report.put("coverage", own.coverage())
                .put("meanWidth", own.meanWidth())
                .put("pinball", own.pinball())
                .put("persistenceCoverage", last.coverage())
                .put("persistenceMeanWidth", last.meanWidth())
                .put("persistencePinball", last.pinball());
        double[] tenths = intervals.reliability().tenths();
        for (int i = 0; i < tenths.length; i++) {
            report.put("coverageTenth" + (i + 1), tenths[i]);
        }
    }

    /** Tables for a terminal. */
    public String toText() {
        BacktestTables tables = tables();
        StringBuilder text = new StringBuilder(tables.summary()).append("\n\n");
        for (TextTable table : tables.all()) {
            text.append(table).append('\n');
        }
        return text.toString();
    }

    /** Writes tables and plots as one HTML file that needs no other. */
    public void writeHtml(Path file) throws IOException {
        Files.writeString(file, HtmlReport.of(tables(), median()));
    }

    private BacktestTables tables() {
        return new BacktestTables(median(), bySkill, tuning);
    }
}
