package org.cellstream.jobs.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cellstream.jobs.kafka.EventFormat;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.CsvScan;
import org.cellstream.jobs.replay.ReplayOptions;
import org.cellstream.jobs.replay.WrongInputException;

/**
 * The file that a backtest is about, read once.
 *
 * @param csv the file
 * @param wide columns of it that are keys
 * @param scan what is known of its rows
 */
record History(Path csv, List<String> wide, CsvScan scan) {

    private static final int FEWEST_TIMES = 10;

    /**
     * Opens a file.
     *
     * @throws WrongInputException if the file, its columns or its rows are not what they have to be
     */
    static History read(BacktestSettings settings) throws IOException {
        CsvFile csv = CsvFile.open(settings.csv()).wide(settings.wide());
        ReplayOptions options = new ReplayOptions(settings.options());
        int keyColumn = options.checkColumns(csv);
        checkKeys(csv, keyColumn, settings.plotKeys());
        return new History(settings.csv(), settings.wide(), options.scan(csv));
    }

    private static void checkKeys(CsvFile csv, int keyColumn, List<String> keys)
            throws IOException {
        Set<String> missing = new LinkedHashSet<>(keys);
        if (keyColumn < 0) {
            missing.remove(EventFormat.ONE_KEY);
        } else if (!missing.isEmpty()) {
            csv.forEachRow(
                    cells -> {
                        if (keyColumn < cells.size()) {
                            missing.remove(cells.get(keyColumn));
                        }
                    });
        }
        if (!missing.isEmpty()) {
            throw new WrongInputException(
                    "--plot-keys has %s; %s"
                            .formatted(
                                    String.join(", ", missing),
                                    keyColumn < 0
                                            ? "without --key all rows have the one key \"all\""
                                            : "no row has such a key"));
        }
    }

    /**
     * The last time of the first part.
     *
     * @param part of the distinct times, 0 to 1
     * @throws WrongInputException if there are too few times for two parts
     */
    long timeAfter(double part) throws WrongInputException {
        long[] times = scan.distinctTimes();
        int count = (int) (part * times.length);
        if (count < FEWEST_TIMES || times.length - count < FEWEST_TIMES) {
            throw new WrongInputException(
                    "%s has %d distinct times; --tune needs more, for a first part and the rest"
                            .formatted(csv, times.length));
        }
        return times[count - 1];
    }
}
