package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.cellstream.jobs.report.KeyErrors;
import org.cellstream.jobs.report.ScoredTimes;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final double EXACT = 1e-12;

    /** Twenty times; the first tenth are times 1 and 2. */
    private static final long[] TIMES = LongStream.rangeClosed(1, 20).toArray();

    private static final List<Method> METHODS = List.of(Method.MIXTURE, Method.LAST, Method.AR);

    @Test
    void comparesMethodsOnTheSameEvents() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES));

        comparison.add(key("a", 0.25, 0.5));
        comparison.add(key("b", 0.75, 1.5));

        Map<Method, MethodScore> scores = comparison.scores();
        assertThat(scores).containsOnlyKeys(METHODS);
        assertThat(scores.get(Method.MIXTURE).mae()).isCloseTo(0.5, within(EXACT));
        assertThat(scores.get(Method.MIXTURE).rmse())
                .isCloseTo(Math.sqrt((0.0625 + 0.5625) / 2), within(EXACT));
        assertThat(scores.get(Method.MIXTURE).maeSkill()).isCloseTo(0.5, within(EXACT));
        assertThat(scores.get(Method.AR).maeSkill()).isCloseTo(0, within(EXACT));
        assertThat(scores.get(Method.LAST).maeSkill()).isZero();
        // The target moves by 1 from each event to the next.
        assertThat(scores.get(Method.MIXTURE).mase()).isCloseTo(0.5, within(EXACT));
    }

    @Test
    void leavesTheTimesOutThatSomethingWasChosenBy() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES).notThrough(19));
        double[] errors = filled(0.5);
        errors[19] = 3;

        comparison.add(series("a", errors, filled(1)));

        assertThat(comparison.scores().get(Method.MIXTURE).mae()).isEqualTo(3);
    }

    @Test
    void countsIntervalsByTenthsOfAllTimesAndOverThoseThatAreScored() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES));

        comparison.add(key("a", 0.25, 0.5));

        // Half a unit to each side of 0 holds the targets 0, which are those of odd times.
        Reliability reliability = comparison.reliability();
        assertThat(reliability.tenths()).hasSize(10).containsOnly(0.5);
        assertThat(comparison.interval().count()).isEqualTo(18);
        assertThat(comparison.interval().meanWidth()).isEqualTo(1);
        assertThat(comparison.interval().coverage()).isEqualTo(0.5);
    }

    @Test
    void readsOtherPromisesFromTheAnomalyScores() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES));

        comparison.add(key("a", 0.25, 0.5));

        // The scored anomalies are 3/20 to 20/20; a promise of 0.5 holds those above 0.5.
        Reliability reliability = comparison.reliability();
        int half = Arrays.binarySearch(reliability.levels(), 0.5);
        assertThat(reliability.held()[half]).isCloseTo(10 / 18.0, within(EXACT));
    }

    @Test
    void showsErrorsInTheCourseOfTimeBesideThoseOfTheLastValue() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES));
        double[] errors = filled(0.5);
        Arrays.fill(errors, 10, 20, 2);

        comparison.add(series("a", errors, filled(1)));

        double[] ratios = comparison.course().ratios(Method.MIXTURE);
        assertThat(ratios).hasSize(20).startsWith(Double.NaN, 0.5).endsWith(2);
        assertThat(comparison.course().times()).startsWith(1).endsWith(20);
    }

    @Test
    void sortsScoredKeysByTheirSkill() {
        Comparison comparison = comparison(ScoredTimes.last90(TIMES));
        comparison.add(key("worse", 0.75, 1));
        comparison.add(key("better", 0.25, 1));
        comparison.add(still());

        List<KeyResult> sorted = BacktestTables.bySkill(comparison.keys());

        assertThat(sorted).extracting(KeyResult::key).containsExactly("better", "worse");
        assertThat(comparison.keys()).hasSize(3);
    }

    private static Comparison comparison(ScoredTimes scored) {
        return new Comparison(METHODS, TIMES, new Comparison.Terms(scored, 0, 0.9));
    }

    private static Series key(String name, double error, double arError) {
        return series(name, filled(error), filled(arError));
    }

    /** A key whose target is 0 at odd times and 1 at even ones. */
    private static Series series(String name, double[] errors, double[] arErrors) {
        double[] targets = new double[20];
        double[] persistence = new double[20];
        double[] anomalies = new double[20];
        for (int i = 0; i < 20; i++) {
            targets[i] = i % 2;
            persistence[i] = i % 2 == 0 ? -1 : 1;
            anomalies[i] = (i + 1) / 20.0;
        }
        persistence[0] = Double.NaN;
        return of(name, targets, errors, arErrors, persistence, anomalies);
    }

    private static Series still() {
        return of("still", new double[20], filled(0), filled(0), new double[20], filled(1));
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // a row each
    private static Series of(
            String name,
            double[] targets,
            double[] errors,
            double[] arErrors,
            double[] persistence,
            double[] anomalies) {
        Map<Method, KeyErrors> all = new EnumMap<>(Method.class);
        all.put(Method.MIXTURE, new KeyErrors(TIMES, errors, persistence));
        all.put(Method.AR, new KeyErrors(TIMES, arErrors, persistence));
        all.put(Method.LAST, new KeyErrors(TIMES, persistence, persistence));
        Band band = new Band(filled(-0.5), filled(0.5));
        return new Series(name, targets, all, band, band, anomalies);
    }

    private static double[] filled(double value) {
        double[] values = new double[20];
        Arrays.fill(values, value);
        return values;
    }
}
