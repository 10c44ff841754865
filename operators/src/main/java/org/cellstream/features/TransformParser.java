package org.cellstream.features;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads transforms, as {@code log} or {@code clip(-1,1)}. */
final class TransformParser {

    private static final String ALLOWED =
            "log, log1p, sqrt, diff, lag(n), abs, clip(a,b), hour, dayOfWeek, month,"
                    + " cyclic(period), category(n) and missing";

    private TransformParser() {}

    /**
     * Reads the transforms of a column, first one first.
     *
     * @param source what the first one takes; not the key
     */
    static List<Transform> parse(List<Word> words, Source source) {
        List<Transform> transforms = new ArrayList<>();
        for (int t = 0; t < words.size(); t++) {
            Word word = words.get(t);
            Transform before = t == 0 ? null : transforms.get(t - 1);
            if (before != null && before.form() != InputForm.STANDARDISED) {
                throw word.error("follows " + before + ", which comes last");
            }
            Transform transform = parse(word, before);
            if (transform instanceof TimePart && !(t == 0 && source.isTime())) {
                throw word.error(
                        "takes a time; it stands right after the source time, as in time|"
                                + transform);
            }
            if (transform instanceof Missing && !source.isOfFields()) {
                throw word.error("follows " + source + ", which every event has");
            }
            transforms.add(transform);
        }
        return transforms;
    }

    /**
     * Reads the one transform of a key.
     *
     * @param pipe the word {@code key} and what follows it
     */
    static Transform ofKey(List<Word> pipe) {
        if (pipe.size() != 2 || !(parse(pipe.get(1), null) instanceof Category category)) {
            throw pipe.get(0)
                    .error(
                            "is the event's key, which is no number; category(n) and nothing else"
                                    + " follows it, as in id=key|category(500)");
        }
        return new KeyCategory(category.categories());
    }

    private static Transform parse(Word word, @Nullable Transform before) {
        String text = word.text();
        int open = text.indexOf('(');
        if (open < 0) {
            return text.equals("cyclic") ? cyclic(word, before) : parse(word, text, List.of());
        }
        if (!text.endsWith(")")) {
            throw word.error("is no transform: text follows its \")\"; allowed are " + ALLOWED);
        }
        List<Word> arguments = word.part(open + 1, text.length() - 1).split(',');
        return parse(word, word.part(0, open).text(), arguments);
    }

    private static Transform parse(Word word, String name, List<Word> arguments) {
        return switch (name) {
            case "log" -> plain(PlainTransform.LOG, word);
            case "log1p" -> plain(PlainTransform.LOG1P, word);
            case "sqrt" -> plain(PlainTransform.SQRT, word);
            case "abs" -> plain(PlainTransform.ABS, word);
            case "missing" -> plain(new Missing(), word);
            case "diff" -> plain(new Diff(), word);
            case "hour" -> plain(TimePart.HOUR, word);
            case "dayOfWeek" -> plain(TimePart.DAY_OF_WEEK, word);
            case "month" -> plain(TimePart.MONTH, word);
            case "cyclic" -> cyclic(word, arguments);
            case "category" -> category(word, arguments);
            case "lag" -> lag(word, arguments);
            case "clip" -> clip(word, arguments);
            default -> throw word.error("is no transform; allowed are " + ALLOWED);
        };
    }

    private static Transform plain(Transform transform, Word word) {
        if (word.contains('(')) {
            throw word.error("has arguments; " + transform + " takes none");
        }
        return transform;
    }

    private static Transform lag(Word word, List<Word> arguments) {
        return new Lag(whole(word, arguments, "lag(n)", Lag.MOST));
    }

    private static Transform category(Word word, List<Word> arguments) {
        return new Category(whole(word, arguments, "category(n)", Category.MOST));
    }

    private static int whole(Word word, List<Word> arguments, String form, int most) {
        double whole = only(arguments);
        if (!(whole >= 1 && whole <= most && whole == Math.rint(whole))) {
            throw word.error(
                    "has wrong arguments; " + form + " takes one whole number from 1 to " + most);
        }
        return (int) whole;
    }

    private static Transform cyclic(Word word, List<Word> arguments) {
        double period = only(arguments);
        if (!(period > 0)) {
            throw word.error("has wrong arguments; cyclic(period) takes one finite number above 0");
        }
        return new Cyclic(period);
    }

    /** After a part of the time, its period need not be said. */
    private static Transform cyclic(Word word, @Nullable Transform before) {
        if (before instanceof TimePart part) {
            return new Cyclic(part.period());
        }
        throw word.error(
                "has no period; write cyclic(period), as cyclic(360) of degrees. Only after hour,"
                        + " dayOfWeek and month it is known");
    }

    /** The only argument; NaN if there is none or another one. */
    private static double only(List<Word> arguments) {
        return arguments.size() == 1 ? number(arguments.get(0)) : Double.NaN;
    }

    private static Transform clip(Word word, List<Word> arguments) {
        double low = arguments.size() == 2 ? number(arguments.get(0)) : Double.NaN;
        double high = arguments.size() == 2 ? number(arguments.get(1)) : Double.NaN;
        if (!(low < high)) {
            throw word.error(
                    "has wrong arguments; clip(a,b) takes two finite numbers, the smaller one"
                            + " first");
        }
        return new Clip(low, high);
    }

    /** The decimal number in {@code word}; NaN if there is no finite one. */
    private static double number(Word word) {
        try {
            double number = new BigDecimal(word.text()).doubleValue();
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
