package org.cellstream.jobs.bootstrap;

import java.io.Serializable;

/** What became of a row. */
enum Outcome implements Serializable {
    FORECAST,
    LATE,
    REJECTED
}
