package org.cellstream.jobs.kafka;

/** Text from outside, made fit for messages and for UTF-8. */
final class Texts {

    private static final int LONGEST_SHOWN = 80;

    private Texts() {}

    /**
     * The text, cut where it is long; half a surrogate pair, which UTF-8 cannot hold, becomes
     * U+FFFD.
     */
    static String shown(String text) {
        boolean cut = text.length() > LONGEST_SHOWN;
        String start = cut ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        if (isWellFormed(start)) {
            return start;
        }
        StringBuilder whole = new StringBuilder(start.length());
        start.codePoints().forEach(c -> whole.appendCodePoint(isHalf(c) ? '\uFFFD' : c));
        return whole.toString();
    }

    /** Whether UTF-8 can hold the text: it has no half of a surrogate pair. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(Texts::isHalf);
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
