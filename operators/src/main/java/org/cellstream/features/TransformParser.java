package org.cellstream.features;

import java.math.BigDecimal;
import java.util.List;

/** Reads one transform, as {@code log} or {@code clip(-1,1)}. */
final class TransformParser {

    private static final String ALLOWED = "log, log1p, sqrt, diff, lag(n), abs and clip(a,b)";

    private TransformParser() {}

    static Transform parse(Word word) {
        String text = word.text();
        int open = text.indexOf('(');
        if (open < 0) {
            return parse(word, text, List.of());
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
            case "diff" -> plain(new Diff(), word);
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
        double events = arguments.size() == 1 ? number(arguments.get(0)) : Double.NaN;
        if (!(events >= 1 && events <= Lag.MOST && events == Math.rint(events))) {
            throw word.error(
                    "has wrong arguments; lag(n) takes one whole number from 1 to " + Lag.MOST);
        }
        return new Lag((int) events);
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
