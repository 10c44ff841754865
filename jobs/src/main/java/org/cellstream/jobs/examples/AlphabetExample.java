package org.cellstream.jobs.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.plot.BarPlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.report.TextTable;

/**
 * The letter after any of A to Y, in three forms: a letter at a time with a state, the last three
 * letters, and as many letters as there are.
 */
final class AlphabetExample implements Example {

    private static final int LETTERS = 26;
    private static final int ASKED = 25;
    private static final int WINDOW = 3;
    private static final int LONGEST = 5;
    private static final int KEYS = 16;

    @Override
    public String name() {
        return "alphabet";
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        int[] passes = settings.quick() ? new int[] {40} : new int[] {3, 10, 40};
        List<List<String>> rows = new ArrayList<>();
        Map<String, List<Double>> bars = new LinkedHashMap<>();
        try (LocalRun run = new LocalRun()) {
            for (Form form : forms()) {
                double[] right = new double[passes.length];
                for (int i = 0; i < passes.length; i++) {
                    WeightUpdate weights = run.learn(form.network(), form.training().of(passes[i]));
                    right[i] = form.right(run, weights);
                }
                List<String> row = new ArrayList<>(List.of(form.network().title()));
                for (double count : right) {
                    row.add("%.0f of %d".formatted(count, ASKED));
                }
                rows.add(row);
                bars.put(form.network().title(), DoubleStream.of(right).boxed().toList());
            }
        }
        return new ExampleResult(
                new TextTable(header(passes), rows),
                forms().stream().map(Form::network).toList(),
                Picture.of(
                        new BarPlot(
                                "The next letter",
                                "times each letter was learned",
                                "right of " + ASKED,
                                IntStream.of(passes).mapToObj(Integer::toString).toList(),
                                bars)));
    }

    private static List<String> header(int[] passes) {
        List<String> header = new ArrayList<>(List.of("each letter learned so many times"));
        for (int count : passes) {
            header.add("" + count);
        }
        return header;
    }

    /** Events to learn from, in which each letter comes about so many times. */
    @FunctionalInterface
    private interface Training {
        List<Event<String>> of(int passes);
    }

    /**
     * A form of the question.
     *
     * @param asked for each letter from A to Y the events that end in it
     */
    private record Form(
            ExampleNetwork network, Training training, List<List<Event<String>>> asked) {

        /** For how many letters the likeliest next one is the next one. */
        double right(LocalRun run, WeightUpdate weights) throws Exception {
            List<Event<String>> events = asked.stream().flatMap(List::stream).toList();
            List<Forecast<String>> forecasts = run.forecast(network, weights, events);
            double right = 0;
            for (int letter = 0; letter < ASKED; letter++) {
                String key = asked.get(letter).get(0).key();
                Forecast<String> last = null;
                for (Forecast<String> forecast : forecasts) {
                    last = forecast.key().equals(key) ? forecast : last;
                }
                right += last != null && last.rawValues()[0] == letter + 1 ? 1 : 0;
            }
            return right;
        }
    }

    private static List<Form> forms() {
        Random random = new Random(4);
        List<List<Event<String>>> single = new ArrayList<>();
        List<List<Event<String>>> three = new ArrayList<>();
        List<List<Event<String>>> some = new ArrayList<>();
        for (int letter = 0; letter < ASKED; letter++) {
            single.add(word("asked " + letter, 0, letter, 1));
            three.add(word("asked " + letter, 0, letter, WINDOW));
            some.add(word("asked " + letter, 0, letter, 1 + random.nextInt(LONGEST)));
        }
        return List.of(
                new Form(
                        network("a letter, and the state so far").with("memory.mode", "sequence"),
                        passes -> words(passes, LONGEST, 5),
                        single),
                new Form(
                        network("the last three letters")
                                .with("memory.mode", "window")
                                .with("memory.window", WINDOW),
                        AlphabetExample::alphabets,
                        three),
                new Form(
                        network("one to five letters")
                                .with("memory.mode", "sequence")
                                .with("sequence.output", "end"),
                        passes -> words(passes * LONGEST, LONGEST, 6),
                        some));
    }

    private static ExampleNetwork network(String title) {
        return ExampleNetwork.titled(title)
                .with("network", "embedding(26, 8) lstm(32) dense(26)")
                .with("columns", "letter=letter|category(26)")
                .with("target", "letter")
                .with("training.loss", "categorical-cross-entropy")
                .with("training.labels", "given")
                .with("training.window", LONGEST)
                .with("training.minibatch", KEYS)
                .with("training.learning-rate", 0.02);
    }

    /** Letters that follow each other, up to {@code last}; before A comes Z. */
    private static List<Event<String>> word(String key, long time, int last, int length) {
        List<Event<String>> word = new ArrayList<>();
        for (int at = 0; at < length; at++) {
            int letter = Math.floorMod(last - length + 1 + at, LETTERS);
            Marks marks = Marks.NONE.labelled((letter + 1) % LETTERS);
            marks = at == 0 ? marks.start() : marks;
            marks = at == length - 1 ? marks.end() : marks;
            word.add(Event.of(key, time + at, letter).marked(marks));
        }
        return word;
    }

    /** Words of one to so many letters. */
    private static List<Event<String>> words(int passes, int longest, long seed) {
        Random random = new Random(seed);
        List<Event<String>> events = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            for (int letter = 0; letter < LETTERS; letter++) {
                String key = "key " + letter % KEYS;
                long time = (long) pass * LETTERS * longest + (long) letter * longest;
                events.addAll(word(key, time, letter, 1 + random.nextInt(longest)));
            }
        }
        return events;
    }

    /** The alphabet over and over. */
    private static List<Event<String>> alphabets(int passes) {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < passes * LETTERS; i++) {
            Marks marks = Marks.NONE.labelled((i + 1) % LETTERS);
            events.add(Event.of("alphabet", i, i % LETTERS).marked(marks));
        }
        return events;
    }
}
