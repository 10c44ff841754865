package org.cellstream.jobs.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.event.Event;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.WrongInputException;

/**
 * Passengers of each month in thousands, as a file with the columns Month and Passengers has them.
 *
 * @param times start of each month, epoch milliseconds
 * @param passengers as many
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record AirlineSeries(long[] times, double[] passengers) {

    private static final String MONTH = "Month";
    private static final String PASSENGERS = "Passengers";

    /** Months from which the tutorial forecasts the next. */
    private static final int LOOK_BACK = 3;

    /** Two years to learn from and one to be judged by. */
    private static final int LEAST = 36;

    static AirlineSeries read(Path file) throws IOException {
        CsvFile csv = CsvFile.open(file);
        int month = csv.column(MONTH);
        int passengers = csv.column(PASSENGERS);
        List<Long> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        csv.forEachLine(
                (line, cells) -> {
                    try {
                        YearMonth of = YearMonth.parse(cells.get(month));
                        double value = Double.parseDouble(cells.get(passengers));
                        add(of, value, times, values);
                    } catch (DateTimeException
                            | IllegalArgumentException
                            | IndexOutOfBoundsException e) {
                        throw new WrongInputException(
                                "%s, line %d: %s; need a later month than the last, as 1949-01, and a number above 0"
                                        .formatted(file, line, cells),
                                e);
                    }
                });
        if (values.size() < LEAST) {
            throw new WrongInputException(
                    "%s has %d months; need at least %d".formatted(file, values.size(), LEAST));
        }
        return new AirlineSeries(
                times.stream().mapToLong(Long::longValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void add(YearMonth month, double value, List<Long> times, List<Double> values) {
        long time = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        boolean later = times.isEmpty() || times.get(times.size() - 1) < time;
        if (!later || !(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(month + " has " + value);
        }
        times.add(time);
        values.add(value);
    }

    int size() {
        return passengers.length;
    }

    /** The tutorial's split: what is learned from. */
    int learned() {
        return (int) (size() * 0.67);
    }

    /** The first month that the tutorial forecasts: each of its forecasts needs some before it. */
    int firstJudged() {
        return learned() + LOOK_BACK;
    }

    /** The last one: the tutorial leaves out the last month there is. */
    int lastJudged() {
        return size() - 2;
    }

    /** The first months as events of a key. */
    List<Event<String>> events(String key, int count) {
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Event.of(key, times[i], passengers[i]));
        }
        return events;
    }
}
