package org.cellstream.jobs.inspect;

import org.apache.flink.annotation.Internal;

/** How an inspection is written. */
@Internal
public enum Format {
    /** A row for each key. */
    CSV,
    /** One object: the job, then its memories. */
    JSON
}
