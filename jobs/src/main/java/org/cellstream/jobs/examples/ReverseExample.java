package org.cellstream.jobs.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.plot.BarPlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.report.TextTable;

/**
 * Five digits are to be said in reverse, one at each of them: at the first the last, which only a
 * network that reads from both ends can know. A state carried over from the digits before does not
 * help.
 */
final class ReverseExample implements Example {

    private static final int DIGITS = 5;
    private static final int TEN = 10;
    private static final int KEYS = 32;
    private static final int JUDGED = 400;
    private static final List<String> PLACES = List.of("1st", "2nd", "3rd", "4th", "5th");

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        int learned = settings.quick() ? 4_000 : 60_000;
        Sequences training = Sequences.random(learned, 1);
        Sequences judged = Sequences.random(JUDGED, 2);
        List<List<String>> rows = new ArrayList<>();
        Map<String, List<Double>> bars = new LinkedHashMap<>();
        try (LocalRun run = new LocalRun()) {
            for (ExampleNetwork network : networks(learned)) {
                WeightUpdate weights = run.learn(network, training.events());
                double[] right = judged.right(run.forecast(network, weights, judged.events()));
                rows.add(row(network, right));
                bars.put(network.title(), DoubleStream.of(right).boxed().toList());
            }
        }
        List<String> header = new ArrayList<>(List.of("network"));
        header.addAll(PLACES);
        header.add("all digits");
        return new ExampleResult(
                new TextTable(header, rows),
                networks(learned),
                Picture.of(
                        new BarPlot(
                                "Five digits in reverse",
                                "digit",
                                "part that is right",
                                PLACES,
                                bars)));
    }

    private static List<ExampleNetwork> networks(int learned) {
        String schedule = "cosine(%d, 0.02)".formatted(learned / KEYS);
        return List.of(
                network("LSTM, its state carried over", "lstm(32) dense(10)", schedule),
                network("LSTM, from zeros at each five", "lstm(32) dense(10)", schedule)
                        .with("memory.mode", "sequence"),
                network("bidirectional LSTM", "bidirectional(lstm(32)) dense(10)", schedule)
                        .with("memory.mode", "sequence")
                        .with("sequence.max-steps", DIGITS));
    }

    private static ExampleNetwork network(String title, String layers, String schedule) {
        return ExampleNetwork.titled(title)
                .with("network", "embedding(10, 8) " + layers)
                .with("columns", "digit=digit|category(10)")
                .with("target", "digit")
                .with("training.loss", "categorical-cross-entropy")
                .with("training.labels", "given")
                .with("training.window", DIGITS)
                .with("training.minibatch", KEYS)
                .with("training.learning-rate", 0.01)
                .with("training.schedule", schedule);
    }

    private static List<String> row(ExampleNetwork network, double[] right) {
        List<String> row = new ArrayList<>(List.of(network.title()));
        double sum = 0;
        for (double part : right) {
            row.add(percent(part));
            sum += part;
        }
        row.add(percent(sum / right.length));
        return row;
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * part);
    }

    /** Fives of digits, dealt out to some keys. */
    private record Sequences(List<int[]> fives) {

        static Sequences random(int count, long seed) {
            Random random = new Random(seed);
            List<int[]> fives = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                fives.add(random.ints(DIGITS, 0, TEN).toArray());
            }
            return new Sequences(fives);
        }

        private static String key(int five) {
            return "key " + five % KEYS;
        }

        private static long time(int five, int at) {
            return (long) (five / KEYS) * DIGITS + at;
        }

        /** One digit of each key after the other, so that all keys' fives come side by side. */
        List<Event<String>> events() {
            List<Event<String>> events = new ArrayList<>();
            for (int round = 0; round * KEYS < fives.size(); round++) {
                for (int at = 0; at < DIGITS; at++) {
                    int end = Math.min(fives.size(), (round + 1) * KEYS);
                    for (int five = round * KEYS; five < end; five++) {
                        events.add(event(five, at));
                    }
                }
            }
            return events;
        }

        private Event<String> event(int five, int at) {
            int[] digits = fives.get(five);
            Marks marks = Marks.NONE.labelled(digits[DIGITS - 1 - at]);
            marks = at == 0 ? marks.start() : marks;
            marks = at == DIGITS - 1 ? marks.end() : marks;
            return Event.of(key(five), time(five, at), digits[at]).marked(marks);
        }

        /** The part of the fives of which the digit at each place was said right. */
        double[] right(List<Forecast<String>> forecasts) {
            Map<List<Object>, Forecast<String>> byEvent = new HashMap<>();
            forecasts.forEach(f -> byEvent.put(List.of(f.key(), f.time()), f));
            double[] right = new double[DIGITS];
            for (int five = 0; five < fives.size(); five++) {
                for (int at = 0; at < DIGITS; at++) {
                    Forecast<String> forecast =
                            byEvent.get(List.<Object>of(key(five), time(five, at)));
                    if (forecast != null
                            && forecast.rawValues()[0] == fives.get(five)[DIGITS - 1 - at]) {
                        right[at] += 1.0 / fives.size();
                    }
                }
            }
            return right;
        }
    }
}
