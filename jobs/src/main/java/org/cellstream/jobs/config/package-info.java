/**
 * The jobs' options, the YAML file that holds them, and the checked records made of them. Every
 * mistake is found before anything starts, and all are told at once.
 *
 * <p>May import Flink's configuration, Jackson's YAML parser, the operators' options and records,
 * and the settings of package {@code kafka}. Records are immutable.
 *
 * <p>Looks odd, on purpose: operators' options are checked one by one, each among defaults, since a
 * record's constructor tells only the first thing that is wrong.
 */
@NullMarked
package org.cellstream.jobs.config;

import org.jspecify.annotations.NullMarked;
