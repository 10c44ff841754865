package org.cellstream.jobs.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.plot.BarPlot;
import org.cellstream.jobs.plot.Picture;
import org.cellstream.jobs.replay.PlainOrGzip;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.TextTable;

/**
 * A text, character by character: after some passes over it, a prompt is written on by feeding each
 * likeliest character back.
 */
final class TextExample implements Example {

    private static final String PROMPT = "A network that ";
    private static final int WRITTEN = 200;
    private static final int KEYS = 16;
    private static final int WINDOW = 25;
    private static final int MOST_CHARACTERS = 256;
    private static final int LONGEST = 20_000;

    private static final String TEXT =
            """
            A river has no end that anyone on its bank could wait for. It comes by, and what has come \
            by is gone. Who wants to know it must look while it flows, and keep what was seen, for the \
            water will not come back to be asked. A stream of events is such a river. Each event is a \
            drop with a name and a time. The name says whose it is: a pump, a shop, a share. The time \
            says when it was so. Each name has a story of its own, and the story is longer than any \
            drop of it. A network that remembers can follow the story. It needs no window on the past, \
            for what the past meant is in its state, and the state is small. One event comes, the \
            state takes one step, and one forecast leaves. Many names share one network, as many \
            readers share one language, but each reads its own book and keeps its own place in it. If \
            the house burns down in the middle of a page, the readers must find their places again, \
            not one line before and not one line after. That is what the books of the house are for: \
            at times a bell rings, and everyone writes down where they are. After the fire they go on \
            from the bell, and nobody who listens outside can tell that there was a fire at all.
            """;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public boolean readsFile() {
        return true;
    }

    @Override
    public ExampleResult run(ExampleSettings settings) throws Exception {
        Alphabet text = Alphabet.of(settings.csv() == null ? TEXT : read(settings.csv()));
        int[] passes = settings.quick() ? new int[] {2, 6} : new int[] {10, 40, 80};
        ExampleNetwork network = network(text.size());
        List<List<String>> rows = new ArrayList<>();
        double[] right = new double[passes.length];
        try (LocalRun run = new LocalRun()) {
            for (int i = 0; i < passes.length; i++) {
                WeightUpdate weights = run.learn(network, text.passes(passes[i]));
                right[i] = text.right(run.forecast(network, weights, text.once()));
                String written = text.writtenOn(run.forecast(network, weights, text.prompt()));
                rows.add(List.of("" + passes[i], percent(right[i]), written));
            }
        }
        return new ExampleResult(
                new TextTable(
                        List.of("passes", "characters right", "\"" + PROMPT + "\", written on"),
                        rows),
                List.of(network),
                Picture.of(
                        new BarPlot(
                                "The next character of a text",
                                "passes over the text",
                                "part that is right",
                                IntStream.of(passes).mapToObj(Integer::toString).toList(),
                                Map.of("right", DoubleStream.of(right).boxed().toList()))));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * part);
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WrongInputException(file + " is no file; need a text in UTF-8");
        }
        String text = start(file);
        if (text.length() < 2 * KEYS) {
            throw new WrongInputException(
                    "%s has %d characters; need at least %d"
                            .formatted(file, text.length(), 2 * KEYS));
        }
        return text;
    }

    private static String start(Path file) throws IOException {
        // A decoder made this way reports broken text instead of replacing it.
        try (InputStream raw = Files.newInputStream(file);
                Reader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        PlainOrGzip.of(raw),
                                        StandardCharsets.UTF_8.newDecoder()))) {
            StringBuilder text = new StringBuilder();
            int next = reader.read();
            while (next >= 0 && text.length() < LONGEST) {
                text.append((char) next);
                next = reader.read();
            }
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new WrongInputException(file + " is no text in UTF-8", e);
        } catch (IOException e) {
            throw PlainOrGzip.explained(file, e);
        }
    }

    private static ExampleNetwork network(int characters) {
        return ExampleNetwork.titled("characters")
                .with(
                        "network",
                        "embedding(%d, 16) lstm(96) dense(%d)".formatted(characters, characters))
                .with("columns", "character=character|category(%d)".formatted(characters))
                .with("target", "character")
                .with("missing-target", "feedback")
                .with("training.loss", "categorical-cross-entropy")
                .with("training.window", WINDOW)
                .with("training.minibatch", KEYS)
                .with("training.learning-rate", 0.01);
    }

    /**
     * A text as numbers.
     *
     * @param characters each that it has, once; its place is its number
     */
    private record Alphabet(String text, String characters) {

        static Alphabet of(String text) throws WrongInputException {
            StringBuilder characters = new StringBuilder();
            (text + PROMPT)
                    .chars()
                    .sorted()
                    .distinct()
                    .forEach(character -> characters.append((char) character));
            if (characters.length() > MOST_CHARACTERS) {
                throw new WrongInputException(
                        "the text has %d different characters; need at most %d"
                                .formatted(characters.length(), MOST_CHARACTERS));
            }
            return new Alphabet(text, characters.toString());
        }

        int size() {
            return characters.length();
        }

        private Event<String> event(String key, long time, char character) {
            return Event.of(key, time, characters.indexOf(character));
        }

        /** Some readers, each from a place of its own, side by side. */
        List<Event<String>> passes(int count) {
            List<Event<String>> events = new ArrayList<>();
            long steps = (long) count * text.length() / KEYS;
            for (long step = 0; step < steps; step++) {
                for (int reader = 0; reader < KEYS; reader++) {
                    long place = step + (long) reader * text.length() / KEYS;
                    char character = text.charAt((int) (place % text.length()));
                    events.add(event("reader " + reader, step, character));
                }
            }
            return events;
        }

        List<Event<String>> once() {
            List<Event<String>> events = new ArrayList<>();
            for (int i = 0; i < text.length(); i++) {
                events.add(event("reader", i, text.charAt(i)));
            }
            return events;
        }

        double right(List<Forecast<String>> forecasts) {
            double right = 0;
            for (int i = 1; i < text.length(); i++) {
                int forecast = (int) forecasts.get(i - 1).rawValues()[0];
                right += characters.charAt(forecast) == text.charAt(i) ? 1 : 0;
            }
            return right / (text.length() - 1);
        }

        /** The prompt, then events that say nothing. */
        List<Event<String>> prompt() {
            List<Event<String>> events = new ArrayList<>();
            for (int i = 0; i < PROMPT.length() + WRITTEN; i++) {
                events.add(
                        i < PROMPT.length()
                                ? event("writer", i, PROMPT.charAt(i))
                                : Event.of("writer", i, Double.NaN));
            }
            return events;
        }

        String writtenOn(List<Forecast<String>> forecasts) {
            StringBuilder written = new StringBuilder();
            for (Forecast<String> forecast :
                    forecasts.subList(PROMPT.length() - 1, forecasts.size())) {
                written.append(characters.charAt((int) forecast.rawValues()[0]));
            }
            return written.toString().replace('\n', ' ');
        }
    }
}
