package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.WeightTiming;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.junit.jupiter.api.Test;

class BacktestOptionsTest {

    @Test
    void letsEachForecastTellOfItsExpertsAndWeightsWaitForEventTime() {
        Configuration given = new Configuration();
        given.set(CellstreamOptions.COLUMNS, "price=Price");
        given.set(CellstreamOptions.TARGET, "price");
        given.set(JobOptions.TIME, "Date");

        JobConfig config = BacktestOptions.complete(given, Duration.ofHours(1));

        assertThat(config.options().get(CellstreamOptions.EXPERTS_TELL)).isTrue();
        assertThat(config.timing().timing()).isEqualTo(WeightTiming.EVENT_TIME);
        assertThat(config.timing().epochMillis())
                .isEqualTo(
                        Duration.ofHours(CellstreamOptions.TRAINING_WINDOW.defaultValue() / 4)
                                .toMillis());
    }

    @Test
    void comparesAllThatAreToldOfInTheOrderOfTables() {
        List<Method> told = BacktestOptions.told(ExpertsConfig.all(12));

        assertThat(told)
                .containsExactlyInAnyOrder(
                        Method.LAST,
                        Method.SEASONAL,
                        Method.AR,
                        Method.HOLT_WINTERS,
                        Method.HOLT_WINTERS_MULTIPLICATIVE,
                        Method.NETWORK,
                        Method.READOUT);
        assertThat(BacktestOptions.compared(told)).containsExactly(Method.values());
    }

    @Test
    void comparesWithTheLastValueWhoeverIsToldOf() {
        assertThat(BacktestOptions.compared(List.of(Method.AR)))
                .containsExactly(Method.MIXTURE, Method.LAST, Method.AR);
        assertThat(BacktestOptions.compared(List.of()))
                .containsExactly(Method.MIXTURE, Method.LAST);
    }

    @Test
    void takesTheMiddleOneOfQuantilesForThePoint() {
        Configuration quantiles = new Configuration();
        quantiles.set(CellstreamOptions.TRAINING_LOSS, "quantile(0.1, 0.4, 0.9)");

        assertThat(BacktestOptions.point(quantiles)).isEqualTo(1);
        assertThat(BacktestOptions.point(new Configuration())).isZero();
    }
}
