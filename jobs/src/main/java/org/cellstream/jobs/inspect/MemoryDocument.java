package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.io.Writer;

/** Where memories are written to, one after the other. Writes nothing before the first. */
final class MemoryDocument {

    private final Writer out;
    private final String start;
    private final String beforeFirst;
    private final String separator;
    private final String end;
    private boolean begun;

    private MemoryDocument(
            Writer out, String start, String beforeFirst, String separator, String end) {
        this.out = out;
        this.start = start;
        this.beforeFirst = beforeFirst;
        this.separator = separator;
        this.end = end;
    }

    /**
     * A header, and a row for each key.
     *
     * @param header the first row, with its line break
     */
    static MemoryDocument csv(Writer out, String header) {
        return new MemoryDocument(out, header, "", "", "");
    }

    /**
     * One object: the job, then an array with an object for each key, a line each.
     *
     * @param job the job as a JSON object
     */
    static MemoryDocument json(Writer out, String job) {
        return new MemoryDocument(
                out, "{\"job\": " + job + ",\n\"memories\": [", "\n", ",\n", "\n]}\n");
    }

    void add(String memory) throws IOException {
        out.write(begun ? separator : start + beforeFirst);
        begun = true;
        out.write(memory);
    }

    /** Writes what is left, once all memories were added. */
    void end() throws IOException {
        out.write(begun ? end : start + end);
    }
}
