package org.cellstream.benchmarks.harness;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a child says: words with values, in one line. */
public final class Answer {

    /** How the line starts; whatever else a child prints is no answer. */
    static final String MARK = "@answer ";

    private static final Pattern SPACE = Pattern.compile(" ");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** The same, with a value; it has no spaces. */
    public Answer put(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    /** The same, with numbers. */
    public Answer put(String name, List<Double> numbers) {
        return put(name, numbers.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    String line() {
        return MARK
                + values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(" "));
    }

    static Answer parse(String line) {
        Answer answer = new Answer();
        for (String word : SPACE.splitAsStream(line.substring(MARK.length())).toList()) {
            int is = word.indexOf('=');
            if (is > 0) {
                answer.put(word.substring(0, is), word.substring(is + 1));
            }
        }
        return answer;
    }

    /**
     * A value.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name + " among " + values.keySet());
        }
        return value;
    }

    /** A number. */
    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    /** Numbers; empty if there are none. */
    public List<Double> numbers(String name) {
        return Arrays.stream(text(name).split(","))
                .filter(word -> !word.isEmpty())
                .map(Double::valueOf)
                .toList();
    }
}
