package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Path;

/** A model file that cannot be taken: one line with the file, the place and what was expected. */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place what of the file it is about, as {@code header} or {@code tensor "fc.weight"}
     * @param problem what was found there, and what is allowed
     */
    public ModelFormatException(Path file, String place, String problem) {
        super(file + ": " + place + ": " + problem);
    }

    public ModelFormatException(Path file, String place, String problem, Throwable cause) {
        super(file + ": " + place + ": " + problem, cause);
    }
}
