package org.cellstream.jobs.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.jobs.plot.LinePlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.report.TextTable;

/**
 * Four hundred stocks that share one network: at each bar their rows are stepped together, each
 * from a state of its own, and the network learns from all of them while it forecasts.
 */
final class StocksExample implements Example {

    private static final int STOCKS = 400;
    private static final int WINDOW = 20;

    /** Bars whose skill makes one point of the plot. */
    private static final int POINT = 10;

    @Override
    public String name() {
        return "stocks";
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        int bars = settings.quick() ? 80 : 400;
        List<Event<String>> events = new StockBars(STOCKS).events(bars);
        List<List<String>> rows = new ArrayList<>();
        List<LinePlot.Line> lines = new ArrayList<>();
        try (LocalRun run = new LocalRun()) {
            for (ExampleNetwork network : networks()) {
                Skill skill = Skill.of(run.forecastAndLearn(network, events), bars);
                rows.add(skill.row(network.title(), bars));
                lines.add(skill.line(network.title(), bars));
            }
        }
        return new ExampleResult(
                new TextTable(
                        List.of(
                                "network",
                                "MAE, last tenth",
                                "of the last close again",
                                "skill, last tenth",
                                "skill, all bars"),
                        rows),
                networks(),
                Picture.of(
                        new LinePlot(
                                "The next close of %d stocks".formatted(STOCKS),
                                "bar",
                                "skill against the last close",
                                LinePlot.Scale.PLAIN,
                                lines)));
    }

    private static List<ExampleNetwork> networks() {
        return List.of(
                network("LSTM of 8 features", "lstm(32) dense(1)", ""),
                network(
                        "the same, and which stock it is",
                        "embedding(%d, 4) lstm(32) dense(1)".formatted(STOCKS),
                        ", stock=key|category(%d)".formatted(STOCKS)));
    }

    private static ExampleNetwork network(String title, String layers, String more) {
        return ExampleNetwork.titled(title)
                .with("experts", "none") // it is the network that is shown
                .with("network", layers)
                .with(
                        "columns",
                        "close=close|log, change=close|log|diff, range=high/low|log,"
                                + " body=close/open|log, above=high/close|log, below=close/low|log,"
                                + " volume=volume|log1p, flow=volume|log1p|diff"
                                + more)
                .with("target", "close")
                .with("training.loss", "mse")
                .with("batch.max-rows", STOCKS)
                .with("training.window", WINDOW)
                .with("training.minibatch", STOCKS)
                .with("training.steps-per-minibatch", 4)
                .with("training.learning-rate", 0.01)
                .with("weights.timing", "event-time")
                .with("weights.epoch", WINDOW + " ms");
    }

    /** Absolute errors of forecasts and of repeating the last value, summed over stocks. */
    private record Skill(List<double[]> ofBars) {

        static Skill of(List<Forecast<String>> forecasts, int bars) {
            List<double[]> ofBars = new ArrayList<>();
            for (int bar = 0; bar < bars; bar++) {
                ofBars.add(new double[2]);
            }
            for (Forecast<String> forecast : forecasts) {
                if (!Double.isNaN(forecast.error())) {
                    double[] sums = ofBars.get((int) forecast.time());
                    sums[0] += Math.abs(forecast.error());
                    sums[1] += Math.abs(forecast.persistenceError());
                }
            }
            return new Skill(ofBars);
        }

        private double sum(int which, int from, int to) {
            return ofBars.subList(from, to).stream().mapToDouble(sums -> sums[which]).sum();
        }

        private double skill(int from, int to) {
            return 1 - sum(0, from, to) / sum(1, from, to);
        }

        List<String> row(String title, int bars) {
            int last = bars - bars / 10;
            double scored = (double) STOCKS * (bars - last);
            return List.of(
                    title,
                    "%.6f".formatted(sum(0, last, bars) / scored),
                    "%.6f".formatted(sum(1, last, bars) / scored),
                    percent(skill(last, bars)),
                    percent(skill(1, bars)));
        }

        private static String percent(double part) {
            return String.format(Locale.ROOT, "%+.1f%%", 100 * part);
        }

        LinePlot.Line line(String title, int bars) {
            int points = bars / POINT;
            double[] x = IntStream.range(0, points).mapToDouble(p -> p * POINT).toArray();
            double[] y =
                    IntStream.range(0, points)
                            .mapToDouble(p -> skill(p == 0 ? 1 : p * POINT, (p + 1) * POINT))
                            .toArray();
            return new LinePlot.Line(title, x, y);
        }
    }
}
