package org.cellstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/**
 * A word of an option and what stands in brackets behind it, as {@code step(1000, 0.5)}.
 *
 * @param arguments as they are written, without blanks around them
 */
record Call(String name, List<String> arguments) {

    private static final Pattern CALL =
            Pattern.compile("\\s*([a-z][a-z-]*)\\s*(?:\\(([^()]*)\\))?\\s*");

    Call {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads calls that follow each other.
     *
     * @param allowed what to say is allowed where there is none
     */
    static List<Call> parse(ConfigOption<String> option, String text, String allowed) {
        List<Call> calls = new ArrayList<>();
        Matcher matcher = CALL.matcher(text);
        while (matcher.lookingAt()) {
            String inside = matcher.group(2);
            List<String> arguments = new ArrayList<>();
            if (inside != null) {
                for (String argument : inside.split(",", -1)) {
                    arguments.add(argument.strip());
                }
            }
            calls.add(new Call(matcher.group(1), arguments));
            matcher.region(matcher.end(), text.length());
        }
        if (matcher.regionStart() < text.length() || calls.isEmpty()) {
            throw wrong(option, text, allowed);
        }
        return calls;
    }

    /** The only call of a text. */
    static Call parseOne(ConfigOption<String> option, String text, String allowed) {
        List<Call> calls = parse(option, text, allowed);
        if (calls.size() > 1) {
            throw wrong(option, text, allowed);
        }
        return calls.get(0);
    }

    static IllegalArgumentException wrong(
            ConfigOption<String> option, String text, String allowed) {
        return new IllegalArgumentException(
                "%s is %s; need %s".formatted(option.key(), text, allowed));
    }

    /** The arguments as numbers. */
    List<Double> numbers(ConfigOption<String> option) {
        return arguments.stream().map(argument -> number(option, argument)).toList();
    }

    /** The only argument, written as {@code name=number} or as the number. */
    double named(ConfigOption<String> option, String name) {
        if (arguments.size() != 1) {
            throw wrong(option, this.toString(), this.name + "(" + name + "=number)");
        }
        String argument = arguments.get(0);
        int equals = argument.indexOf('=');
        if (equals >= 0 && !argument.substring(0, equals).strip().equals(name)) {
            throw wrong(option, this.toString(), this.name + "(" + name + "=number)");
        }
        return number(option, argument.substring(equals + 1).strip());
    }

    private double number(ConfigOption<String> option, String argument) {
        try {
            double number = Double.parseDouble(argument);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(option, this.toString(), "finite numbers in the brackets of " + name);
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? name : name + "(" + String.join(", ", arguments) + ")";
    }
}
