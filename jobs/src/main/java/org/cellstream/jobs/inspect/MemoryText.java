package org.cellstream.jobs.inspect;

import java.io.Serializable;
import org.cellstream.savepoint.SavedMemory;

/** Writes what one key remembers as one piece of text. */
@FunctionalInterface
interface MemoryText extends Serializable {

    String of(String key, SavedMemory memory);
}
