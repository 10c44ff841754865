package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.jobs.report.KeyErrors;
import org.junit.jupiter.api.Test;

class SeriesBuilderTest {

    private static final double NONE = Double.NaN;

    /** Targets 10, 12, 11, 15; forecasts of the next 11, 14, 11, 16. */
    private static final KeyErrors ERRORS =
            new KeyErrors(
                    new long[] {1, 2, 3, 4},
                    new double[] {NONE, 1, -3, 4},
                    new double[] {NONE, 2, -1, 4});

    private static final double[] POINTS = {11, 14, 11, 16};

    @Test
    void findsTheTargetsByForecastsAndTheirErrors() {
        Series series = build(new SeriesBuilder(ERRORS, POINTS));

        assertThat(series.targets()).containsExactly(10, 12, 11, 15);
        assertThat(series.forecast(3)).isEqualTo(11);
    }

    @Test
    void findsATargetWithoutAForecastByTheOneBefore() {
        KeyErrors errors =
                new KeyErrors(
                        new long[] {1, 2, 3},
                        new double[] {NONE, 1, NONE},
                        new double[] {NONE, 2, -1});

        Series series = build(new SeriesBuilder(errors, new double[] {11, NONE, 3}));

        assertThat(series.targets()).containsExactly(10, 12, 11);
    }

    @Test
    void measuresAnExpertByWhatItSaidBefore() {
        SeriesBuilder builder = new SeriesBuilder(ERRORS, POINTS);

        builder.expert(Method.AR, new double[] {13, 10, 14, 99});

        assertThat(build(builder).errors(Method.AR).errors()).containsExactly(NONE, -1, 1, 1);
    }

    @Test
    void takesTheLastValueWhereAnExpertCouldNotSay() {
        SeriesBuilder builder = new SeriesBuilder(ERRORS, POINTS);

        builder.expert(Method.SEASONAL, new double[] {NONE, NONE, 14, 99});

        Series series = build(builder);
        assertThat(series.errors(Method.SEASONAL).errors()).containsExactly(NONE, 2, -1, 1);
        assertThat(series.errors(Method.LAST).errors()).containsExactly(NONE, 2, -1, 4);
    }

    @Test
    void meetsAnEventWithTheIntervalToldBeforeIt() {
        Band told = new Band(new double[] {1, 2, 3}, new double[] {4, 5, 6});

        Band met = told.next();

        assertThat(met.low()).containsExactly(NONE, 1, 2);
        assertThat(met.high()).containsExactly(NONE, 4, 5);
    }

    private static Series build(SeriesBuilder builder) {
        Band none = new Band(new double[4], new double[4]);
        return builder.build("a", none, new PersistenceIntervals(0.9), new double[4]);
    }
}
