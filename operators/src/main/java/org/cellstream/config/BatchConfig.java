package org.cellstream.config;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How long rows wait to be stepped together.
 *
 * @param maxRows most rows that wait
 * @param maxDelay longest wait of a row; zero steps every row alone
 */
public record BatchConfig(int maxRows, Duration maxDelay) implements Serializable {

    public BatchConfig {
        Checks.atLeast(CellstreamOptions.BATCH_MAX_ROWS, maxRows, 1);
        Checks.atLeast(CellstreamOptions.BATCH_MAX_DELAY, maxDelay.toMillis(), 0);
    }

    public static BatchConfig from(ReadableConfig options) {
        return new BatchConfig(
                options.get(CellstreamOptions.BATCH_MAX_ROWS),
                options.get(CellstreamOptions.BATCH_MAX_DELAY));
    }
}
