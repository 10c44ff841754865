package org.cellstream.jobs.market;

import org.apache.flink.annotation.Internal;

/**
 * One trade of one symbol.
 *
 * @param symbol whose it is
 * @param price price paid, above 0
 * @param size shares traded, at least 1
 */
@Internal
public record Trade(String symbol, double price, long size) {}
