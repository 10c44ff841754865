package org.cellstream.jobs.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cellstream.jobs.report.ForecastLine;
import org.jspecify.annotations.Nullable;

/** The demo's numbers as text that fits a terminal of 80 columns. */
final class DemoTable {

    private final String address;

    /**
     * @param address of the web UI
     */
    DemoTable(String address) {
        this.address = address;
    }

    /**
     * What one moment looks like.
     *
     * @param running since the first event was sent
     * @param sent events so far
     * @param eventsPerSecond in the last second
     * @param forecastsPerSecond in the last second
     * @param numbers of the forecasts
     * @param second the moment, for the recent skill
     * @param prices of the watched symbols
     */
    record Moment(
            Duration running,
            long sent,
            double eventsPerSecond,
            double forecastsPerSecond,
            DemoNumbers numbers,
            long second,
            Map<String, RecentPrices> prices) {}

    List<String> lines(Moment now) {
        DemoNumbers numbers = now.numbers();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Cellstream demo    job at " + address + "    Ctrl-C stops");
        lines.add(
                text(
                        "running %s    sent %,d    forecasts %,d    twice %,d",
                        clock(now.running()),
                        now.sent(),
                        numbers.forecasts(),
                        numbers.duplicates()));
        lines.add(
                text(
                        "events/s %,.0f    forecasts/s %,.0f    weights %d",
                        now.eventsPerSecond(), now.forecastsPerSecond(), numbers.weightsNumber()));
        lines.add(
                text(
                        "skill against the last price: %s in the last %d s, %s in all",
                        percent(numbers.recentSkill(now.second())),
                        DemoNumbers.RECENT_SECONDS,
                        percent(numbers.overallSkill())));
        lines.add("");
        lines.add(text("%-8s %12s %14s %14s", "symbol", "price", "forecast", "next price"));
        numbers.newest()
                .forEach(
                        (symbol, forecast) ->
                                lines.add(row(symbol, forecast, now.prices().get(symbol))));
        lines.add("");
        return lines;
    }

    private static String row(
            String symbol, @Nullable ForecastLine forecast, @Nullable RecentPrices prices) {
        if (forecast == null || prices == null) {
            return symbol;
        }
        return text(
                "%-8s %12s %14s %14s",
                symbol,
                price(prices.price(forecast.step())),
                price(forecast.rawValue()),
                price(prices.price(forecast.step() + 1)));
    }

    /** All of it in one line, for a log. */
    String line(Moment now) {
        DemoNumbers numbers = now.numbers();
        return text(
                "%s  events/s %,.0f  forecasts/s %,.0f  forecasts %,d  weights %d  skill %s last %d"
                        + " s, %s in all",
                clock(now.running()),
                now.eventsPerSecond(),
                now.forecastsPerSecond(),
                numbers.forecasts(),
                numbers.weightsNumber(),
                percent(numbers.recentSkill(now.second())),
                DemoNumbers.RECENT_SECONDS,
                percent(numbers.overallSkill()));
    }

    private static String clock(Duration duration) {
        return text(
                "%d:%02d:%02d",
                duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    static String percent(double skill) {
        return Double.isFinite(skill) ? text("%+.1f%%", 100 * skill) : "-";
    }

    private static String price(double price) {
        return Double.isFinite(price) ? text("%.4f", price) : "-";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
