package org.cellstream.benchmarks.harness;

/**
 * A job that takes turns with others.
 *
 * @param cell where its numbers go
 * @param system the same
 */
public record Participant(String cell, String system, JobProcess job) {}
