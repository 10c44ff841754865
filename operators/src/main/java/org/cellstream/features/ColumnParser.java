package org.cellstream.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the grammar of {@link Columns}. */
final class ColumnParser {

    private static final String FORM =
            "a column is name=source|transform|transform, with commas between columns";

    private static final String SOURCE =
            "a source is a field, a ratio A/B of two, time, key or gap";

    private ColumnParser() {}

    static List<Column> parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "columns are empty; an example is \"range=High/Low|log, volume=Volume|log\"");
        }
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Word word : split(text)) {
            Column column = column(word);
            if (!names.add(column.name())) {
                throw word.split('=').get(0).error("is the name of two columns; names must differ");
            }
            columns.add(column);
        }
        return columns;
    }

    /**
     * Splits at commas, but not at those among a transform's arguments. Parentheses before a bar
     * belong to names.
     */
    private static List<Word> split(String text) {
        List<Word> words = new ArrayList<>();
        int start = 0;
        int open = -1;
        boolean transforms = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' && open < 0) {
                words.add(new Word(text, start, i));
                start = i + 1;
                transforms = false;
            } else if (c == '|') {
                transforms = true;
            } else if (c == '(' && transforms) {
                open = i;
            } else if (c == ')') {
                open = -1;
            }
        }
        if (open >= 0) {
            throw new Word(text, open, open + 1)
                    .error("is never closed; arguments of a transform end with \")\"");
        }
        words.add(new Word(text, start, text.length()));
        return words;
    }

    private static Column column(Word word) {
        List<Word> sides = word.split('=');
        if (word.isEmpty()) {
            throw word.error("is an empty column; " + FORM);
        }
        if (sides.size() > 2) {
            throw word.error("has a second \"=\"; " + FORM);
        }
        if (sides.size() == 1) {
            if (word.contains('|') || word.contains('/')) {
                throw word.error("has no \"=\"; write name=" + word.text());
            }
            return bare(word);
        }
        Word name = sides.get(0);
        if (name.isEmpty() || name.contains('|')) {
            throw name.error("is no name for a column; " + FORM);
        }
        List<Word> pipe = sides.get(1).split('|');
        Source source = source(pipe.get(0));
        List<Word> words = pipe.subList(1, pipe.size());
        if (source.isKey()) {
            return new Column(name.text(), source, List.of(TransformParser.ofKey(pipe)));
        }
        List<Transform> transforms = TransformParser.parse(words, source);
        if (source.isGap()) {
            checkFirstGap(transforms, words);
        }
        return new Column(name.text(), source, transforms);
    }

    private static Column bare(Word word) {
        Source source = source(word);
        if (source.isKey()) {
            TransformParser.ofKey(List.of(word));
        }
        return new Column(word.text(), source, List.of());
    }

    private static Source source(Word word) {
        List<Word> fields = word.split('/');
        return switch (fields.size()) {
            case 1 -> new Source(field(word), null);
            case 2 -> new Source(ratioField(fields.get(0)), ratioField(fields.get(1)));
            default -> throw word.error("has more than one \"/\"; " + SOURCE);
        };
    }

    private static String ratioField(Word word) {
        String meaning = Source.WORDS.get(word.text());
        if (meaning != null) {
            throw word.error(
                    "is "
                            + meaning
                            + " and stands in no ratio; allowed are two fields of the event");
        }
        return field(word);
    }

    private static String field(Word word) {
        if (word.isEmpty()) {
            throw word.error("is no field; " + SOURCE);
        }
        return word.text();
    }

    /**
     * Refuses transforms that cannot take the gap of a key's first event: without a first event
     * there is never a second.
     */
    private static void checkFirstGap(List<Transform> transforms, List<Word> words) {
        double[] fresh = {}; // before the first event nothing is remembered that could be read
        double value = 0;
        for (int t = 0; t < transforms.size(); t++) {
            double input = value;
            value = transforms.get(t).apply(input, fresh, 0, 0);
            if (!Double.isFinite(value)) {
                throw words.get(t)
                        .error(
                                "cannot take %s, which a gap of 0 gives: the first event of every key would be rejected; it takes %s"
                                        .formatted(input, transforms.get(t).takes()));
            }
        }
    }
}
