package org.cellstream.jobs.inspect;

import java.io.IOException;

/** Where memories are written to, one after the other. Writes nothing before the first. */
interface MemoryDocument {

    void add(String memory) throws IOException;

    /** Writes what is left, once all memories were added. */
    void end() throws IOException;
}
