package org.cellstream.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * What the learning rate is multiplied by, as a function of the optimiser's steps alone, so that
 * two runs agree.
 *
 * @param warmUp steps over which it rises in a line, to 1 at the last of them; 0 for none
 * @param kind what follows
 * @param period of {@code step} the steps from one fall to the next, of {@code cosine} those to its
 *     end; else 0
 * @param factor of {@code step} and {@code exponential} what each fall or step multiplies by, above
 *     0 and at most 1; of {@code cosine} where it ends, 0 to 1; else 1
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017</a>: cosine; it does
 *     not restart here
 * @see <a href="https://arxiv.org/abs/1706.02677">Goyal et al. 2017</a>: warm-up
 */
public record ScheduleConfig(long warmUp, Kind kind, long period, double factor)
        implements Serializable {

    private static final ConfigOption<String> OPTION = CellstreamOptions.TRAINING_SCHEDULE;
    private static final String ALLOWED =
            "constant, step(steps, factor), exponential(factor) or cosine(steps, end), after"
                    + " warm-up(steps) or not";

    /** What follows the warm-up. */
    public enum Kind {
        CONSTANT,
        STEP,
        EXPONENTIAL,
        COSINE
    }

    public ScheduleConfig {
        boolean periodic = kind == Kind.STEP || kind == Kind.COSINE;
        boolean right =
                warmUp >= 0
                        && (periodic ? period > 0 : period == 0)
                        && (kind == Kind.COSINE ? factor >= 0 : factor > 0)
                        && (kind == Kind.CONSTANT ? factor == 1 : factor <= 1);
        if (!right) {
            throw Call.wrong(
                    OPTION,
                    "%s after %d steps of warm-up, with period %d and factor %s"
                            .formatted(kind, warmUp, period, factor),
                    "steps above 0, and factors above 0 (the end of cosine may be 0) and at most 1");
        }
    }

    /** The learning rate as it is. */
    public static ScheduleConfig constant() {
        return new ScheduleConfig(0, Kind.CONSTANT, 0, 1);
    }

    /**
     * Reads an option.
     *
     * @throws IllegalArgumentException if it is no schedule; the message says what is allowed
     */
    public static ScheduleConfig parse(String text) {
        List<Call> calls = Call.parse(OPTION, text, ALLOWED);
        long warmUp = 0;
        int at = 0;
        if (calls.get(0).name().equals("warm-up")) {
            List<Double> numbers = numbers(calls.get(0), 1, text);
            warmUp = steps(numbers.get(0), text);
            at = 1;
        }
        if (calls.size() > at + 1) {
            throw Call.wrong(OPTION, text, ALLOWED);
        }
        return calls.size() == at
                ? new ScheduleConfig(warmUp, Kind.CONSTANT, 0, 1)
                : after(warmUp, calls.get(at), text);
    }

    private static ScheduleConfig after(long warmUp, Call call, String text) {
        return switch (call.name()) {
            case "constant" -> {
                numbers(call, 0, text);
                yield new ScheduleConfig(warmUp, Kind.CONSTANT, 0, 1);
            }
            case "exponential" ->
                    new ScheduleConfig(warmUp, Kind.EXPONENTIAL, 0, numbers(call, 1, text).get(0));
            case "step" -> periodic(warmUp, Kind.STEP, numbers(call, 2, text), text);
            case "cosine" -> periodic(warmUp, Kind.COSINE, numbers(call, 2, text), text);
            default -> throw Call.wrong(OPTION, text, ALLOWED);
        };
    }

    private static ScheduleConfig periodic(
            long warmUp, Kind kind, List<Double> numbers, String text) {
        return new ScheduleConfig(warmUp, kind, steps(numbers.get(0), text), numbers.get(1));
    }

    private static List<Double> numbers(Call call, int count, String text) {
        List<Double> numbers = call.numbers(OPTION);
        if (numbers.size() != count) {
            throw Call.wrong(OPTION, text, ALLOWED);
        }
        return numbers;
    }

    private static long steps(double number, String text) {
        if (number < 1 || number != Math.rint(number)) {
            throw Call.wrong(OPTION, text, "whole numbers of steps, 1 or more");
        }
        return (long) number;
    }

    /**
     * What the learning rate is multiplied by at a step.
     *
     * @param step optimiser steps taken before it
     */
    public double factorAt(long step) {
        if (step < warmUp) {
            return (double) (step + 1) / warmUp;
        }
        long since = step - warmUp;
        return switch (kind) {
            case CONSTANT -> 1;
            case STEP -> StrictMath.pow(factor, (double) Math.floorDiv(since, period));
            case EXPONENTIAL -> StrictMath.pow(factor, (double) since);
            case COSINE ->
                    since >= period
                            ? factor
                            : factor
                                    + (1 - factor)
                                            * (1 + StrictMath.cos(Math.PI * since / period))
                                            / 2;
        };
    }
}
