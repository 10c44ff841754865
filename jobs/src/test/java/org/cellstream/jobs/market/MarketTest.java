package org.cellstream.jobs.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarketTest {

    @Test
    void givesTheSameTradesForTheSameSeed() {
        List<Trade> first = trades(new Market(7, 42), 1000);

        List<Trade> second = trades(new Market(7, 42), 1000);

        assertThat(second).isEqualTo(first);
        assertThat(trades(new Market(7, 43), 1000)).isNotEqualTo(first);
    }

    @Test
    void tradesEverySymbolAboutAsOften() {
        var counts =
                trades(new Market(4, 1), 8000).stream()
                        .collect(Collectors.groupingBy(Trade::symbol, Collectors.counting()));

        assertThat(counts).containsOnlyKeys("S000", "S001", "S002", "S003");
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1800L, 2200L));
    }

    @Test
    void keepsPricesAndSizesAboveZero() {
        List<Trade> trades = trades(new Market(10, 5), 20_000);

        assertThat(trades).allSatisfy(t -> assertThat(t.price()).isPositive());
        assertThat(trades).allSatisfy(t -> assertThat(t.size()).isPositive());
    }

    @Test
    void canBeForecastBetterThanByItsLastPrice() {
        double[] logs =
                trades(new Market(1, 3), 20_000).stream()
                        .mapToDouble(t -> Math.log(t.price()))
                        .toArray();
        double persistence = 0;
        double rule = 0;

        for (int n = 2; n < logs.length; n++) {
            // A swing of period 6 repeats its own step back: x[n] = x[n-1] + (x[n-1] - x[n-2]) / 2
            // - ...
            double mean = mean(logs, Math.max(0, n - 24), n);
            double forecast = mean + 0.6 * (logs[n - 1] - mean) - 0.6 * (logs[n - 2] - mean);
            persistence += Math.abs(logs[n] - logs[n - 1]);
            rule += Math.abs(logs[n] - forecast);
        }

        assertThat(1 - rule / persistence).isGreaterThan(0.2);
    }

    @Test
    void drawsNormalNumbersWithMeanZeroAndVarianceOne() {
        Gaussians gaussians = new Gaussians(new SplittableRandom(1));

        double[] drawn = IntStream.range(0, 100_000).mapToDouble(i -> gaussians.next()).toArray();

        double mean = mean(drawn, 0, drawn.length);
        double square =
                IntStream.range(0, drawn.length).mapToDouble(i -> drawn[i] * drawn[i]).sum();
        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(square / drawn.length).isCloseTo(1, within(0.02));
    }

    @Test
    void refusesAMarketWithoutSymbols() {
        assertThatThrownBy(() -> new Market(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("symbols is 0; need at least 1");
    }

    private static List<Trade> trades(Market market, int count) {
        return Stream.generate(market::next).limit(count).toList();
    }

    private static double mean(double[] values, int from, int to) {
        return IntStream.range(from, to).mapToDouble(i -> values[i]).sum() / (to - from);
    }
}
