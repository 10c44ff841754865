package org.cellstream.jobs.backtest;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cellstream.jobs.backtest.GeneratedStream.Rule;
import org.cellstream.jobs.replay.WrongInputException;

/**
 * Twenty streams, on none of which a forecast should lose to the simple method that suits it. Sines
 * and exponentials are {@link StrictMath}'s, which gives the same bits on any machine.
 */
final class GeneratedStreams {

    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    private GeneratedStreams() {}

    static List<GeneratedStream> all() {
        return Stream.of(chances(), trends(), seasons(), swings(), changes())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The streams of a name, {@code all} for all of them.
     *
     * @throws WrongInputException if there is none; it lists those there are
     */
    static List<GeneratedStream> named(String name) throws WrongInputException {
        List<GeneratedStream> found =
                all().stream()
                        .filter(one -> name.equals("all") || one.name().equals(name))
                        .toList();
        if (found.isEmpty()) {
            throw new WrongInputException(
                    "there is no stream \"%s\"; need all, %s"
                            .formatted(
                                    name,
                                    all().stream()
                                            .map(GeneratedStream::name)
                                            .collect(Collectors.joining(", "))));
        }
        return found;
    }

    private static List<GeneratedStream> chances() {
        return List.of(
                new GeneratedStream(
                        "white-noise",
                        "the mean alone",
                        0,
                        (random, key) -> event -> random.nextGaussian()),
                new GeneratedStream(
                        "heavy-tails",
                        "0.7 of the last value, with errors of Student's t, 2 degrees of freedom",
                        0,
                        (random, key) -> swing(0.7, 0, () -> student2(random))),
                new GeneratedStream(
                        "counts",
                        "how many, most often none",
                        0,
                        (random, key) -> event -> poisson(random, 0.3 + 0.1 * (key % 4))),
                new GeneratedStream(
                        "constant",
                        "the same for ever, another value for each key",
                        0,
                        (random, key) -> constant(10 * random.nextGaussian())));
    }

    private static List<GeneratedStream> trends() {
        return List.of(
                new GeneratedStream(
                        "random-walk",
                        "the last value alone",
                        0,
                        (random, key) -> walk(random, 0, 1)),
                new GeneratedStream(
                        "drifting-walk",
                        "the last value and 0.2",
                        0,
                        (random, key) -> walk(random, 0.2, 1)),
                new GeneratedStream(
                        "noisy-walk",
                        "a walk behind noise larger than its steps",
                        0,
                        (random, key) -> sum(walk(random, 0, 0.3), noise(random, 1))),
                new GeneratedStream(
                        "trend",
                        "a straight line behind noise",
                        0,
                        (random, key) -> sum(line(0.01 * (1 + key % 5)), noise(random, 1))));
    }

    private static List<GeneratedStream> seasons() {
        return List.of(
                new GeneratedStream(
                        "season",
                        "a day of 24 hours behind noise",
                        DAY,
                        (random, key) -> sum(sine(3, DAY, random), noise(random, 0.5))),
                new GeneratedStream(
                        "season-as-factor",
                        "a level that walks, times a day of 24 hours",
                        DAY,
                        GeneratedStreams::factor),
                new GeneratedStream(
                        "season-and-trend",
                        "a day of 24 hours on a straight line",
                        DAY,
                        (random, key) ->
                                sum(line(0.02), sum(sine(2, DAY, random), noise(random, 0.5)))),
                new GeneratedStream(
                        "two-seasons",
                        "a day of 24 hours in a week",
                        DAY,
                        (random, key) ->
                                sum(
                                        sine(2, DAY, random),
                                        sum(sine(2, WEEK, random), noise(random, 0.5)))));
    }

    private static List<GeneratedStream> swings() {
        return List.of(
                new GeneratedStream(
                        "swing",
                        "a damped swing that noise keeps going",
                        0,
                        (random, key) -> swing(1.6, -0.8, random::nextGaussian)),
                new GeneratedStream(
                        "alternation",
                        "values that overshoot their mean each time",
                        0,
                        (random, key) -> swing(-0.8, 0, random::nextGaussian)),
                new GeneratedStream(
                        "threshold",
                        "a value that turns round where it becomes large",
                        0,
                        (random, key) -> threshold(random)),
                new GeneratedStream(
                        "mixture",
                        "each key by the rule of one of eleven others",
                        0,
                        GeneratedStreams::mixture));
    }

    private static List<GeneratedStream> changes() {
        return List.of(
                new GeneratedStream(
                        "jumps",
                        "a level behind noise that jumps once in 200 events",
                        0,
                        (random, key) -> sum(jumps(random), noise(random, 0.5))),
                new GeneratedStream(
                        "bursts",
                        "a walk whose steps are ten times larger now and then",
                        0,
                        (random, key) -> bursts(random)),
                new GeneratedStream(
                        "dying-sensor",
                        "a swing that stands still from some event on",
                        0,
                        (random, key) -> dying(random)),
                new GeneratedStream(
                        "drift",
                        "a value whose rule turns round slowly, twice",
                        0,
                        (random, key) -> drift(random)));
    }

    private static Rule constant(double value) {
        return event -> value;
    }

    private static Rule noise(Random random, double size) {
        return event -> size * random.nextGaussian();
    }

    private static Rule line(double slope) {
        return event -> slope * event;
    }

    private static Rule sum(Rule one, Rule other) {
        return event -> one.next(event) + other.next(event);
    }

    private static Rule sine(double size, int period, Random random) {
        int phase = random.nextInt(period);
        return event -> size * StrictMath.sin(2 * Math.PI * (event + phase) / period);
    }

    private static Rule walk(Random random, double drift, double size) {
        return following((event, last) -> last + drift + size * random.nextGaussian());
    }

    private static Rule factor(Random random, int key) {
        Rule level = walk(random, 0, 0.005);
        Rule day = sine(0.4, DAY, random);
        return event ->
                100 * StrictMath.exp(level.next(event)) * (1 + day.next(event))
                        + 1.5 * random.nextGaussian();
    }

    /** What the next value is, by the one before; 0 before the first. */
    @FunctionalInterface
    private interface Following {
        double next(int event, double last);
    }

    private static Rule following(Following rule) {
        double[] last = new double[1];
        return event -> {
            last[0] = rule.next(event, last[0]);
            return last[0];
        };
    }

    /** Where chance comes from. */
    @FunctionalInterface
    private interface Chance {
        double next();
    }

    private static Rule swing(double ofLast, double ofBefore, Chance chance) {
        double[] before = new double[1];
        return following(
                (event, last) -> {
                    double next = ofLast * last + ofBefore * before[0] + chance.next();
                    before[0] = last;
                    return next;
                });
    }

    private static Rule threshold(Random random) {
        return following(
                (event, last) ->
                        (last > 1 ? -0.9 : 0.8) * last + 0.6 + 0.5 * random.nextGaussian());
    }

    private static Rule jumps(Random random) {
        return following(
                (event, last) ->
                        random.nextInt(200) == 0 ? last + 10 * random.nextGaussian() : last);
    }

    private static Rule bursts(Random random) {
        return following(
                (event, last) -> last + (event / 250 % 4 == 3 ? 2 : 0.2) * random.nextGaussian());
    }

    private static Rule dying(Random random) {
        int dies = 500 + random.nextInt(4000);
        Rule swing = swing(1.6, -0.8, random::nextGaussian);
        return following((event, last) -> event < dies ? swing.next(event) : last);
    }

    private static Rule drift(Random random) {
        return following(
                (event, last) ->
                        0.9 * StrictMath.cos(Math.PI * event / 2500) * last
                                + random.nextGaussian());
    }

    private static Rule mixture(Random random, int key) {
        List<GeneratedStream> others =
                Stream.of(chances(), trends(), seasons())
                        .flatMap(List::stream)
                        .filter(one -> !one.name().equals("season-as-factor"))
                        .toList();
        return others.get(key % others.size()).rules().of(random, key);
    }

    /** Student's t with 2 degrees of freedom. */
    private static double student2(Random random) {
        return random.nextGaussian() / Math.sqrt(-StrictMath.log(1 - random.nextDouble()));
    }

    /** Knuth's way: how many uniform numbers it takes to multiply below e^-rate. */
    private static double poisson(Random random, double rate) {
        double limit = StrictMath.exp(-rate);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; count++) {
            product *= random.nextDouble();
        }
        return count;
    }
}
