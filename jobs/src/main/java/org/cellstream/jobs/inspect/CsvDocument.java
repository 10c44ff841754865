package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.io.Writer;

/** A header, and a row for each key. */
final class CsvDocument implements MemoryDocument {

    private final Writer out;
    private final String header;
    private boolean begun;

    /**
     * @param header the first row, with its line break
     */
    CsvDocument(Writer out, String header) {
        this.out = out;
        this.header = header;
    }

    @Override
    public void add(String memory) throws IOException {
        begin();
        out.write(memory);
    }

    @Override
    public void end() throws IOException {
        begin();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(header);
        }
    }
}
