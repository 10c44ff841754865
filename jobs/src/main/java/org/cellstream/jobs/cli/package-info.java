/**
 * The command line: what each command takes, what it says when that is wrong, and its exit code: 0
 * done, 1 failed, 2 wrong arguments or input, 130 interrupted.
 *
 * <p>May import everything of the jobs, picocli and Flink's configuration; no Kafka. A command runs
 * in one thread, which Ctrl-C interrupts.
 *
 * <p>Looks odd, on purpose: fields of commands are written by picocli, by reflection, and so are
 * not final; a wrong argument is answered by one line and not by the whole help.
 */
@NullMarked
package org.cellstream.jobs.cli;

import org.jspecify.annotations.NullMarked;
