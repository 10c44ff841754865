package org.cellstream.jobs.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cellstream.jobs.plot.LinePlot;
import org.cellstream.jobs.plot.LinePlot.Line;
import org.cellstream.jobs.plot.LinePlot.Role;
import org.cellstream.jobs.plot.LinePlot.Scale;
import org.cellstream.jobs.report.KeyScore;

/** The pictures of a run. */
final class BacktestPlots {

    /** Events of a key that are drawn, its last ones. */
    private static final int SHOWN = 120;

    private final BacktestResult run;

    BacktestPlots(BacktestResult run) {
        this.run = run;
    }

    List<LinePlot> all() {
        List<LinePlot> plots = new ArrayList<>();
        if (isKnown(run.course().ratios(Method.MIXTURE))) {
            plots.add(course());
        }
        List<KeyResult> keys = BacktestTables.bySkill(run.keys());
        if (keys.size() > 1) {
            plots.add(keys(keys));
        }
        if (run.intervals().own().count() > 0) {
            plots.add(tenths());
        }
        if (isKnown(run.intervals().reliability().held())) {
            plots.add(levels());
        }
        run.chosen().stream()
                .filter(series -> isKnown(series.targets()))
                .forEach(series -> plots.add(forecasts(series)));
        return plots;
    }

    private static boolean isKnown(double[] numbers) {
        return Arrays.stream(numbers).anyMatch(Double::isFinite);
    }

    private LinePlot course() {
        Course course = run.course();
        double[] times = course.times();
        List<Line> lines = new ArrayList<>();
        for (Method method : run.methods()) {
            Role role = method == Method.LAST ? Role.TRUTH : Role.PLAIN;
            lines.add(new Line(method.toString(), role, times, course.ratios(method)));
        }
        return new LinePlot(
                "Errors in the course of time",
                "time, UTC",
                "MAE / MAE of the last value",
                Scale.TIMES,
                lines);
    }

    private LinePlot keys(List<KeyResult> keys) {
        double[] rank = IntStream.rangeClosed(1, keys.size()).asDoubleStream().toArray();
        List<Line> lines = new ArrayList<>();
        for (Method method : run.methods()) {
            double[] skills =
                    keys.stream()
                            .map(key -> key.score(method))
                            .mapToDouble(KeyScore::maeSkill)
                            .toArray();
            Role role = method == Method.LAST ? Role.TRUTH : Role.PLAIN;
            lines.add(new Line(method.toString(), role, rank, skills));
        }
        return new LinePlot(
                "Skill of each key, those first that the mixture does best",
                "key",
                "1 - MAE / MAE of the last value",
                Scale.PLAIN,
                lines);
    }

    private LinePlot tenths() {
        Reliability reliability = run.intervals().reliability();
        double[] x = IntStream.rangeClosed(1, Reliability.TENTHS).asDoubleStream().toArray();
        double[] promised = new double[x.length];
        Arrays.fill(promised, reliability.coverage());
        return new LinePlot(
                "What intervals hold, by tenths of the times",
                "tenth",
                "share of events inside",
                Scale.PLAIN,
                List.of(
                        new Line("promised", Role.TRUTH, x, promised),
                        new Line("held", x, reliability.tenths())));
    }

    private LinePlot levels() {
        Reliability reliability = run.intervals().reliability();
        double[] levels = reliability.levels();
        return new LinePlot(
                "What intervals would hold, by what they promise (from the anomaly scores)",
                "promised share of events inside",
                "held",
                Scale.PLAIN,
                List.of(
                        new Line("promised", Role.TRUTH, levels, levels),
                        new Line("held", levels, reliability.held())));
    }

    private static LinePlot forecasts(Series series) {
        int from = Math.max(0, series.size() - SHOWN);
        double[] times = new double[series.size() - from];
        Arrays.setAll(times, i -> series.mixture().times()[from + i]);
        double[] forecasts = new double[times.length];
        Arrays.setAll(forecasts, i -> series.forecast(from + i));
        double[] targets = Arrays.copyOfRange(series.targets(), from, series.size());
        List<Line> lines = new ArrayList<>();
        Band band = series.interval();
        double[] low = Arrays.copyOfRange(band.low(), from, series.size());
        double[] high = Arrays.copyOfRange(band.high(), from, series.size());
        if (isKnown(low)) {
            lines.add(new Line("interval from", Role.EDGE, times, low));
            lines.add(new Line("to", Role.EDGE, times, high));
        }
        lines.add(new Line("truth", Role.TRUTH, times, targets));
        lines.add(new Line("forecast", times, forecasts));
        return new LinePlot(
                "%s: the last %d events and what was forecast of each"
                        .formatted(series.key(), times.length),
                "time, UTC",
                "target",
                Scale.TIMES,
                lines);
    }
}
