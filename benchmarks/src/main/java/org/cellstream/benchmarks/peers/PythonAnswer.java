package org.cellstream.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/**
 * What the process of PyTorch answered.
 *
 * @param text what follows {@code ok}
 */
public record PythonAnswer(String text) {

    private static final String OK = "ok";

    /**
     * Reads a line.
     *
     * @param line null if the process has ended
     * @throws IllegalStateException if it is no {@code ok}; it has the line
     */
    static PythonAnswer parse(@Nullable String line) {
        if (line == null) {
            throw new IllegalStateException("the process of PyTorch ended without an answer");
        }
        if (!line.equals(OK) && !line.startsWith(OK + " ")) {
            throw new IllegalStateException("PyTorch answered \"" + line + "\"; need \"ok ...\"");
        }
        return new PythonAnswer(line.substring(OK.length()).strip());
    }

    /**
     * The answer as a count.
     *
     * @throws IllegalStateException if it is none
     */
    public long number() {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "PyTorch answered \"" + text + "\"; need a whole number", e);
        }
    }

    /** The answer as an array. */
    public float[] floats() {
        return Base64Floats.decode(text);
    }
}
