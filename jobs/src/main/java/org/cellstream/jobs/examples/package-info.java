/**
 * Worked examples: each defines networks, lets a bounded stream pass through {@code KeyedLstm} on a
 * Flink inside this process, and shows a table and a plot of what came out.
 *
 * <p>May import the facade, {@code event}, {@code config}, {@code embedded}, {@code plot} and
 * {@code replay}'s CSV files; no Kafka. Nothing is computed beside the operators but errors of
 * their forecasts.
 *
 * <p>Looks odd, on purpose: a network that has few events to learn from is shown them many times,
 * each pass as a key of its own, since a key's events have an order and come once.
 */
@NullMarked
package org.cellstream.jobs.examples;

import org.jspecify.annotations.NullMarked;
