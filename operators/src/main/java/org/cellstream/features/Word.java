package org.cellstream.features;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of the columns' text without the blanks around it, which knows its place for messages.
 *
 * @param whole the whole text
 * @param from first char of the word in it
 * @param to char after its last
 */
record Word(String whole, int from, int to) {

    Word {
        while (from < to && Character.isWhitespace(whole.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(whole.charAt(to - 1))) {
            to--;
        }
    }

    String text() {
        return whole.substring(from, to);
    }

    boolean isEmpty() {
        return from == to;
    }

    boolean contains(char c) {
        return text().indexOf(c) >= 0;
    }

    /** The words between separators; one more than there are separators, and some may be empty. */
    List<Word> split(char separator) {
        List<Word> words = new ArrayList<>();
        int start = from;
        for (int i = from; i < to; i++) {
            if (whole.charAt(i) == separator) {
                words.add(new Word(whole, start, i));
                start = i + 1;
            }
        }
        words.add(new Word(whole, start, to));
        return words;
    }

    /** A part of this word, from its char {@code start} to before its char {@code end}. */
    Word part(int start, int end) {
        return new Word(whole, from + start, from + end);
    }

    /**
     * An exception whose message is this word, its place and {@code what}. Places count characters
     * from 1.
     */
    IllegalArgumentException error(String what) {
        return new IllegalArgumentException(
                "columns, character %d: \"%s\" %s"
                        .formatted(whole.codePointCount(0, from) + 1, text(), what));
    }
}
