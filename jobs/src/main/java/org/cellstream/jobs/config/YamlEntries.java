package org.cellstream.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A YAML file as flat keys: sections and dots mean the same, so {@code a: {b: 1}} is {@code a.b:
 * 1}. A list of values is the values with commas between.
 */
final class YamlEntries {

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern LINE = Pattern.compile("line (\\d+), column");

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private boolean readable = true;

    /** A value as it was written, and the line of its key. */
    record Entry(String value, int line) {}

    private YamlEntries() {}

    static YamlEntries parse(String text) throws IOException {
        YamlEntries entries = new YamlEntries();
        try (YAMLParser parser = YAML.createParser(text)) {
            JsonToken start = parser.nextToken();
            if (start == JsonToken.START_OBJECT) {
                entries.section("", parser);
                if (parser.nextToken() != null) {
                    entries.wrong(line(parser), "a second document starts here; need one");
                }
            } else if (start != null) {
                entries.readable = false;
                entries.wrong(
                        line(parser),
                        "there is no section here; need keys and values, as \"cellstream:\"");
            }
        } catch (JsonProcessingException e) {
            entries.readable = false;
            String message = String.valueOf(e.getOriginalMessage());
            entries.wrong(lineOf(message, e), "this is no YAML: " + whatOf(message));
        }
        return entries;
    }

    /** The parser's own words, without its pictures of the place. */
    private static String whatOf(String message) {
        return message.lines()
                .filter(line -> !line.isEmpty() && !Character.isWhitespace(line.charAt(0)))
                .limit(2)
                .collect(Collectors.joining(", "));
    }

    /** The last place in the message is where the parser stopped; the first is what it was at. */
    private static int lineOf(String message, JsonProcessingException e) {
        List<MatchResult> places = LINE.matcher(message).results().toList();
        if (!places.isEmpty()) {
            return Integer.parseInt(places.get(places.size() - 1).group(1));
        }
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /**
     * Whether the text is YAML with keys, or nothing; else it makes no sense to look for options.
     */
    boolean isReadable() {
        return readable;
    }

    /** Values by their flat keys, in the order of the file. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** What could not be read. */
    List<Mistake> mistakes() {
        return mistakes;
    }

    private void section(String prefix, YAMLParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            int line = line(parser);
            switch (parser.nextToken()) {
                case START_OBJECT -> section(key + ".", parser);
                case START_ARRAY -> list(key, line, parser);
                case VALUE_NULL -> wrong(line, key + " has no value; need one");
                default -> scalar(key, line, parser);
            }
        }
    }

    private void list(String key, int line, YAMLParser parser) throws IOException {
        List<String> values = new ArrayList<>();
        boolean scalars = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            scalars &= parser.currentToken().isScalarValue();
            values.add(parser.getText());
            parser.skipChildren();
        }
        if (scalars) {
            add(key, new Entry(String.join(", ", values), line));
        } else {
            wrong(line, key + " is a list of more than values; need a value or a list of values");
        }
    }

    private void scalar(String key, int line, YAMLParser parser) throws IOException {
        if (parser.isCurrentAlias()) {
            wrong(line, key + " is an alias; need its value");
        } else {
            add(key, new Entry(parser.getText(), line));
        }
    }

    private void add(String key, Entry entry) {
        Entry first = entries.putIfAbsent(key, entry);
        if (first != null) {
            wrong(entry.line, key + " is there already, in line " + first.line + "; need it once");
        }
    }

    private void wrong(int line, String what) {
        mistakes.add(new Mistake("", "line " + line + ": " + what));
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
