package org.cellstream.model;

/** Texts that a file or a user brought along, as they may be printed. */
public final class Printable {

    private static final int LAST_IN_FOUR_DIGITS = 0xFFFF;

    private Printable() {}

    /**
     * The same in one line: signs that would move a terminal's cursor or turn its text around, line
     * breaks among them, become escapes as in JSON, and what is too long is cut.
     *
     * @param most characters of the text that are kept
     */
    public static String of(String text, int most) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && at < most) {
            int sign = text.codePointAt(at);
            append(sign, shown);
            at += Character.charCount(sign);
        }
        if (at < text.length()) {
            shown.append("...");
        }
        return shown.toString();
    }

    private static void append(int sign, StringBuilder shown) {
        switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    shown.append(
                            sign == '\n'
                                    ? "\\n"
                                    : sign > LAST_IN_FOUR_DIGITS
                                            ? "\\U%08x".formatted(sign)
                                            : "\\u%04x".formatted(sign));
            default -> shown.appendCodePoint(sign);
        }
    }
}
