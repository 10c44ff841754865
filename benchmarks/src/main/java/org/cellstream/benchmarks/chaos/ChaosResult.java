package org.cellstream.benchmarks.chaos;

import org.cellstream.jobs.report.Report;

/**
 * What came out.
 *
 * @param report its numbers
 * @param clean whether nothing was lost, doubled or different
 */
record ChaosResult(Report report, boolean clean) {}
