package org.cellstream.jobs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTableTest {

    private static final int TERMINAL_COLUMNS = 80;

    private final DemoTable table = new DemoTable("http://127.0.0.1:8081");
    private final DemoNumbers numbers = new DemoNumbers(List.of("S000", "S001"));
    private final RecentPrices prices = new RecentPrices();

    @Test
    void showsThePriceTheForecastAndWhatCameOfTheSameMoment() throws IOException {
        prices.add(100);
        prices.add(101);
        prices.add(102);
        numbers.add(forecast("S000", 2, 101.5), 7);

        List<String> lines = table.lines(moment());

        assertThat(lines).contains("S000         101.0000       101.5000       102.0000", "S001");
        assertThat(lines).contains("running 0:01:05    sent 5,000    forecasts 1    twice 0");
    }

    @Test
    void leavesOutWhatIsNotKnownYet() throws IOException {
        prices.add(100);
        numbers.add(forecast("S000", 1, 100.5), 7);

        List<String> lines = table.lines(moment());

        assertThat(lines).contains("S000         100.0000       100.5000              -");
    }

    @Test
    void fitsATerminalHoweverLargeItsNumbers() throws IOException {
        numbers.add(forecast("S000", 1, 1e7), 7);
        DemoTable.Moment moment =
                new DemoTable.Moment(
                        Duration.ofHours(100),
                        5_000_000_000L,
                        50_000,
                        50_000,
                        numbers,
                        7,
                        Map.of("S000", prices));

        assertThat(table.lines(moment))
                .allSatisfy(l -> assertThat(l).hasSizeLessThan(TERMINAL_COLUMNS));
    }

    @Test
    void saysTheSameInOneLine() throws IOException {
        numbers.add(forecast("S000", 2, 101.5), 7);

        assertThat(table.line(moment()))
                .isEqualTo(
                        "0:01:05  events/s 5,001  forecasts/s 4,999  forecasts 1  weights 12"
                                + "  skill +75.0% last 10 s, +75.0% in all");
    }

    @Test
    void countsADoubledForecastOnce() throws IOException {
        numbers.add(forecast("S000", 2, 1), 7);
        numbers.add(forecast("S000", 2, 1), 7);

        assertThat(numbers.forecasts()).isEqualTo(1);
        assertThat(numbers.duplicates()).isEqualTo(1);
    }

    @Test
    void forgetsPricesOfLongAgo() {
        for (int i = 1; i <= 5000; i++) {
            prices.add(i);
        }

        assertThat(prices.price(5000)).isEqualTo(5000);
        assertThat(prices.price(905)).isEqualTo(905);
        assertThat(prices.price(904)).isNaN();
        assertThat(prices.price(5001)).isNaN();
    }

    private DemoTable.Moment moment() {
        return new DemoTable.Moment(
                Duration.ofSeconds(65),
                5000,
                5001,
                4999,
                numbers,
                7,
                Map.of("S000", prices, "S001", prices));
    }

    private static byte[] forecast(String symbol, long step, double value) {
        return """
                {"key":"%s","time":1,"step":%d,"weightsNumber":12,"error":0.25,"persistenceError":-1,"rawValues":[%s]}"""
                .formatted(symbol, step, value)
                .getBytes(UTF_8);
    }
}
