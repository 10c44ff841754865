package org.cellstream.jobs.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.flink.annotation.Internal;

/**
 * What has to be known of a file before its rows are sent.
 *
 * @param rows rows after the header
 * @param distinctTimes times in rows whose time can be read, ascending, each once
 * @param spacing median distance between neighbouring distinct times, the lower of the middle two;
 *     1 ms if there are fewer than two
 * @param sha256 hash of the file's bytes, in hexadecimal
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record CsvScan(long rows, long[] distinctTimes, Duration spacing, String sha256) {

    private static final int BUFFER = 1 << 16;

    /**
     * Reads the whole file once.
     *
     * @param timeColumn where the time stands
     * @param time reads a time as epoch milliseconds; empty if it is none
     */
    public static CsvScan of(CsvFile csv, int timeColumn, Function<String, OptionalLong> time)
            throws IOException {
        DistinctTimes times = new DistinctTimes();
        MessageDigest digest = Sha256.start();
        long[] rows = new long[1];
        try (InputStream file = Files.newInputStream(csv.path());
                InputStream raw =
                        new DigestInputStream(new BufferedInputStream(file, BUFFER), digest)) {
            csv.forEachRow(
                    raw,
                    cells -> {
                        rows[0]++;
                        if (timeColumn < cells.size()) {
                            time.apply(cells.get(timeColumn)).ifPresent(times::add);
                        }
                    });
        }
        long[] ascending = times.ascending();
        return new CsvScan(rows[0], ascending, spacing(ascending), Sha256.end(digest));
    }

    /** The latest time in rows whose time can be read; empty if there is none. */
    public OptionalLong lastTime() {
        return distinctTimes.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(distinctTimes[distinctTimes.length - 1]);
    }

    private static Duration spacing(long[] ascending) {
        if (ascending.length < 2) {
            return Duration.ofMillis(1);
        }
        long[] gaps = new long[ascending.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = ascending[i + 1] - ascending[i];
        }
        Arrays.sort(gaps);
        return Duration.ofMillis(gaps[(gaps.length - 1) / 2]);
    }
}
