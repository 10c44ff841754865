package org.cellstream.jobs.kafka;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * Event times as users write them. Years outside 1 to 9999 are refused: they are times in another
 * unit, as microseconds, and one of them would carry the watermark past all other events.
 */
@Internal
public final class EventTimes {

    /** What a time may be, for messages. */
    public static final String ALLOWED =
            "need ISO 8601, as 2026-01-31 or 2026-01-31T12:00:00Z (UTC where no zone is given), or"
                    + " epoch milliseconds, in the years 1 to 9999";

    private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay() * 86_400_000;
    private static final long LAST = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400_000 - 1;
    private static final int MONTH_LENGTH = "2026-01".length();
    private static final int DATE_LENGTH = "2026-01-31".length();

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendPattern("[XXX][XX][X]")
                    .optionalEnd()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private EventTimes() {}

    /**
     * Epoch milliseconds of a month, a date, a date-time with {@code T} or a blank between, or a
     * count of milliseconds.
     */
    public static OptionalLong parse(String text) {
        String time = text.strip();
        if (isWhole(time)) {
            return time.length() > 18 ? OptionalLong.empty() : inRange(Long.parseLong(time));
        }
        if (time.length() > DATE_LENGTH && time.charAt(DATE_LENGTH) == ' ') {
            time = time.substring(0, DATE_LENGTH) + 'T' + time.substring(DATE_LENGTH + 1);
        }
        if (time.length() == MONTH_LENGTH) {
            time += "-01"; // a month is its first day
        }
        try {
            return inRange(millis(FORMAT.parse(time)));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** A count of milliseconds, if it is whole and in range. */
    static OptionalLong of(double millis) {
        return millis == Math.rint(millis) && Math.abs(millis) < 1e15
                ? inRange((long) millis)
                : OptionalLong.empty();
    }

    static OptionalLong inRange(long millis) {
        return millis >= FIRST && millis <= LAST ? OptionalLong.of(millis) : OptionalLong.empty();
    }

    private static boolean isWhole(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    private static long millis(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        return LocalDate.from(parsed)
                .atTime(time == null ? LocalTime.MIDNIGHT : time)
                .toInstant(offset == null ? ZoneOffset.UTC : offset)
                .toEpochMilli();
    }
}
