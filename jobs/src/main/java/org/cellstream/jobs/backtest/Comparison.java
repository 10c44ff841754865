package org.cellstream.jobs.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cellstream.jobs.report.KeyScore;
import org.cellstream.jobs.report.Score;
import org.cellstream.jobs.report.ScoredTimes;

/** Sums up how the methods met the events, key by key. */
final class Comparison {

    private static final double[] LEVELS = {
        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99
    };

    private final List<Method> methods;
    private final Terms terms;
    private final TimeParts tenths;
    private final Course course;
    private final List<KeyResult> keys = new ArrayList<>();
    private final IntervalTally interval;
    private final IntervalTally persistenceInterval;
    private final IntervalTally[] byTenth;
    private final long[] heldByLevel = new long[LEVELS.length];
    private long scored;

    /**
     * What is counted, and how.
     *
     * @param times which are scored
     * @param season of MASE, in events; 0 for none
     * @param coverage what intervals promise
     */
    record Terms(ScoredTimes times, int season, double coverage) {}

    /**
     * @param methods those that every key has errors of
     * @param distinctTimes all event times, ascending, each once; at least one
     */
    Comparison(List<Method> methods, long[] distinctTimes, Terms terms) {
        this.methods = List.copyOf(methods);
        this.terms = terms;
        tenths = new TimeParts(distinctTimes, Reliability.TENTHS);
        course = new Course(distinctTimes, methods);
        interval = new IntervalTally(terms.coverage());
        persistenceInterval = new IntervalTally(terms.coverage());
        byTenth = new IntervalTally[tenths.size()];
        Arrays.setAll(byTenth, i -> new IntervalTally(terms.coverage()));
    }

    /** Adds a key. */
    void add(Series series) {
        Map<Method, KeyScore> scores = new EnumMap<>(Method.class);
        for (Method method : methods) {
            scores.put(method, KeyScore.of(series.errors(method), terms.times()));
        }
        int inFirst = series.mixture().eventsThrough(terms.times().throughFirstTenth());
        KeyResult result =
                new KeyResult(
                        series.key(),
                        scores,
                        size(series.targets()),
                        Naive.unit(series.targets(), inFirst, terms.season()),
                        new IntervalTally(terms.coverage()),
                        new IntervalTally(terms.coverage()));
        double scale = result.score(Method.MIXTURE).scale();
        if (scale > 0) {
            methods.forEach(method -> course.add(method, series.errors(method), scale));
        }
        addIntervals(series, result);
        addAnomalies(series);
        keys.add(result);
    }

    private static double size(double[] targets) {
        return Arrays.stream(targets).map(Math::abs).filter(Double::isFinite).average().orElse(0);
    }

    private void addIntervals(Series series, KeyResult result) {
        long[] times = series.mixture().times();
        int from = series.mixture().eventsThrough(terms.times().after());
        for (int i = 0; i < series.size(); i++) {
            double target = series.targets()[i];
            Band own = series.interval();
            IntervalTally tenth = byTenth[tenths.of(times[i])];
            tenth.add(target, own.low()[i], own.high()[i], series.forecast(i));
            if (i >= from) {
                Band last = series.persistenceInterval();
                double lastValue = target - series.mixture().persistenceErrors()[i];
                result.interval().add(target, own.low()[i], own.high()[i], series.forecast(i));
                result.persistenceInterval().add(target, last.low()[i], last.high()[i], lastValue);
            }
        }
        interval.add(result.interval());
        persistenceInterval.add(result.persistenceInterval());
    }

    private void addAnomalies(Series series) {
        int from = series.mixture().eventsThrough(terms.times().after());
        for (int i = from; i < series.size(); i++) {
            double anomaly = series.anomalies()[i];
            scored += Double.isNaN(anomaly) ? 0 : 1;
            for (int level = 0; level < LEVELS.length; level++) {
                heldByLevel[level] += anomaly > 1 - LEVELS[level] ? 1 : 0;
            }
        }
    }

    /** What came out of it, by method. */
    Map<Method, MethodScore> scores() {
        Map<Method, MethodScore> all = new EnumMap<>(Method.class);
        methods.forEach(method -> all.put(method, score(method)));
        return all;
    }

    private MethodScore score(Method method) {
        List<KeyScore> its = keys.stream().map(key -> key.score(method)).toList();
        Score score = Score.ofSummed(its);
        double squares = 0;
        long count = 0;
        for (KeyScore key : its) {
            squares += key.isScored() ? key.squares() : 0;
            count += key.isScored() ? key.count() : 0;
        }
        double mase =
                keys.stream()
                        .mapToDouble(key -> key.mase(method))
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN);
        return new MethodScore(
                score.mae(), Math.sqrt(squares / count), mase, score.maeSkill(), score.rmseSkill());
    }

    List<Method> methods() {
        return methods;
    }

    /** All keys, in the order in which they were added. */
    List<KeyResult> keys() {
        return List.copyOf(keys);
    }

    IntervalTally interval() {
        return interval;
    }

    IntervalTally persistenceInterval() {
        return persistenceInterval;
    }

    Course course() {
        return course;
    }

    Reliability reliability() {
        double[] coverages = new double[Reliability.TENTHS];
        Arrays.setAll(coverages, i -> i < byTenth.length ? byTenth[i].coverage() : Double.NaN);
        double[] held = new double[LEVELS.length];
        Arrays.setAll(held, i -> scored == 0 ? Double.NaN : (double) heldByLevel[i] / scored);
        return new Reliability(terms.coverage(), coverages, LEVELS.clone(), held);
    }
}
