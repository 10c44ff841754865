package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.io.Writer;

/** One object: the job, then an array with an object for each key, a line each. */
final class JsonDocument implements MemoryDocument {

    private final Writer out;
    private final String job;
    private boolean begun;

    /**
     * @param job the job as a JSON object
     */
    JsonDocument(Writer out, String job) {
        this.out = out;
        this.job = job;
    }

    @Override
    public void add(String memory) throws IOException {
        begin();
        out.write(memory);
    }

    @Override
    public void end() throws IOException {
        if (!begun) {
            out.write("{\"job\": " + job + ",\n\"memories\": [");
        }
        out.write("\n]}\n");
    }

    private void begin() throws IOException {
        out.write(begun ? ",\n" : "{\"job\": " + job + ",\n\"memories\": [\n");
        begun = true;
    }
}
