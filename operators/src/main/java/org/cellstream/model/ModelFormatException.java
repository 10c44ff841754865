package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model file that cannot be taken: one line with the file, the place and what was expected. Names
 * that come from the file are shown without line breaks and other signs that move a terminal's
 * cursor, and cut where they are long.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_PROBLEM = 2000;

    /**
     * @param place what of the file it is about, as {@code header} or {@code tensor "fc.weight"}
     * @param problem what was found there, and what is allowed
     */
    public ModelFormatException(Path file, String place, String problem) {
        super(line(file, place, problem));
    }

    public ModelFormatException(Path file, String place, String problem, Throwable cause) {
        super(line(file, place, problem), cause);
    }

    private static String line(Path file, String place, String problem) {
        return "%s: %s: %s"
                .formatted(file, shown(place, LONGEST_PLACE), shown(problem, LONGEST_PROBLEM));
    }

    private static String shown(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) + "..." : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
