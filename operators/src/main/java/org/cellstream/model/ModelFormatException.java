package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model file that cannot be taken: one line with the file, the place and what was expected,
 * {@link Printable} whatever the file holds.
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
                .formatted(
                        Printable.of(file.toString(), LONGEST_PROBLEM),
                        Printable.of(place, LONGEST_PLACE),
                        Printable.of(problem, LONGEST_PROBLEM));
    }
}
