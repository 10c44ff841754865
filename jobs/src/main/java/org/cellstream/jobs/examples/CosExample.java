package org.cellstream.jobs.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.jobs.plot.LinePlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.report.TextTable;

/**
 * A cosine: networks that learn while it comes forecast one step ahead, then run on by themselves.
 */
final class CosExample implements Example {

    private static final int WINDOW = 20;
    private static final int EVALUATED = 1000;
    private static final int FREE = 200;
    private static final int SHOWN = 100;

    /** Radians of a step, so that no two periods have the same points. */
    private static final double STEP = 0.1;

    private static final double LEAST_SHOWN = 1e-7;

    @Override
    public String name() {
        return "cos";
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        int learned = settings.quick() ? 3_000 : 20_000;
        List<Event<String>> events = events(learned);
        List<List<String>> rows = new ArrayList<>();
        LinePlot.Line truth = truth(learned);
        List<LinePlot.Line> lines = new ArrayList<>(List.of(truth));
        List<LinePlot.Line> errors = new ArrayList<>();
        try (LocalRun run = new LocalRun()) {
            for (ExampleNetwork network : networks()) {
                List<Forecast<String>> forecasts = run.forecastAndLearn(network, events);
                rows.add(row(network, learned, forecasts));
                LinePlot.Line line = line(network, learned, forecasts);
                lines.add(line);
                errors.add(errors(truth, line));
            }
        }
        return new ExampleResult(
                new TextTable(
                        List.of(
                                "network",
                                "one-step RMSE",
                                "RMSE of " + FREE + " steps by itself",
                                "of the last of them"),
                        rows),
                networks(),
                Picture.of(
                        new LinePlot(
                                "A cosine, and from step %d on %d steps without events"
                                        .formatted(learned + EVALUATED, FREE),
                                "step",
                                "cos",
                                LinePlot.Scale.PLAIN,
                                lines),
                        new LinePlot(
                                "How far each network is from it",
                                "step",
                                "absolute error",
                                LinePlot.Scale.LOGARITHMIC,
                                errors)));
    }

    private static List<ExampleNetwork> networks() {
        String lags =
                IntStream.range(1, WINDOW)
                        .mapToObj(lag -> ", x" + lag + "=x|lag(" + lag + ")")
                        .collect(Collectors.joining());
        return List.of(
                network("dense, the last " + WINDOW + " values", "dense(32, tanh) dense(1)")
                        .with("columns", "x" + lags),
                network("LSTM over a window of " + WINDOW, "lstm(32) dense(1)")
                        .with("memory.mode", "window")
                        .with("memory.window", WINDOW)
                        .with("training.stride", 5),
                network("stateful LSTM", "lstm(32) dense(1)"),
                network("two stateful LSTMs", "lstm(32) lstm(32) dense(1)"));
    }

    private static ExampleNetwork network(String title, String layers) {
        return ExampleNetwork.titled(title)
                .with("experts", "none") // it is the network that is shown
                .with("network", layers)
                .with("columns", "x")
                .with("target", "x")
                .with("training.loss", "mse")
                .with("missing-target", "feedback")
                .with("training.window", WINDOW)
                .with("training.minibatch", 1)
                .with("training.learning-rate", 0.01)
                .with("training.schedule", "exponential(0.997)")
                .with("weights.timing", "event-time")
                .with("weights.epoch", WINDOW + " ms");
    }

    private static double at(int step) {
        return Math.cos(STEP * step);
    }

    /** To learn from, to be judged by, and then without a value. */
    private static List<Event<String>> events(int learned) {
        List<Event<String>> events = new ArrayList<>();
        for (int step = 0; step < learned + EVALUATED + FREE; step++) {
            double value = step < learned + EVALUATED ? at(step) : Double.NaN;
            events.add(Event.of("cos", step, value));
        }
        return events;
    }

    private static List<String> row(
            ExampleNetwork network, int learned, List<Forecast<String>> forecasts) {
        Errors oneStep = new Errors();
        for (int step = learned; step < learned + EVALUATED; step++) {
            oneStep.add(forecasts.get(step).error());
        }
        Errors free = new Errors();
        Errors last = new Errors();
        int start = learned + EVALUATED;
        for (int step = start; step < start + FREE; step++) {
            double error = at(step) - forecasts.get(step - 1).rawValues()[0];
            free.add(error);
            if (step >= start + FREE - WINDOW) {
                last.add(error);
            }
        }
        return List.of(network.title(), oneStep.text(4), free.text(4), last.text(4));
    }

    private static LinePlot.Line truth(int learned) {
        double[] x = shown(learned);
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = at((int) x[i]);
        }
        return new LinePlot.Line("cos", LinePlot.Role.TRUTH, x, y);
    }

    /** What was forecast for each step that is shown. */
    private static LinePlot.Line line(
            ExampleNetwork network, int learned, List<Forecast<String>> forecasts) {
        double[] x = shown(learned);
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = forecasts.get((int) x[i] - 1).rawValues()[0];
        }
        return new LinePlot.Line(network.title(), x, y);
    }

    private static LinePlot.Line errors(LinePlot.Line truth, LinePlot.Line line) {
        double[] errors = new double[line.y().length];
        for (int i = 0; i < errors.length; i++) {
            // A logarithmic axis has no 0.
            errors[i] = Math.max(Math.abs(line.y()[i] - truth.y()[i]), LEAST_SHOWN);
        }
        return new LinePlot.Line(line.name(), line.x(), errors);
    }

    private static double[] shown(int learned) {
        int end = learned + EVALUATED + FREE;
        return IntStream.range(end - FREE - SHOWN, end).asDoubleStream().toArray();
    }
}
