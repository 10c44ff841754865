package org.cellstream.features;

import java.time.LocalDate;

/**
 * A part of the event's time in UTC, counted from 0 so that it can be a category too. The value is
 * in seconds since 1970.
 */
enum TimePart implements Transform {
    HOUR("hour", 24),
    /** Monday is 0. */
    DAY_OF_WEEK("dayOfWeek", 7),
    /** January is 0. */
    MONTH("month", 12);

    private static final int HOUR_SECONDS = 3_600;
    private static final int DAY_SECONDS = 86_400;

    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_DAY = 3;

    private final String word;
    private final int period;

    TimePart(String word, int period) {
        this.word = word;
        this.period = period;
    }

    /** After how many it starts again. */
    int period() {
        return period;
    }

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        long hours = (long) Math.floor(value / HOUR_SECONDS);
        long days = (long) Math.floor(value / DAY_SECONDS);
        return switch (this) {
            case HOUR -> Math.floorMod(hours, period);
            case DAY_OF_WEEK -> Math.floorMod(days + FIRST_DAY, period);
            case MONTH -> LocalDate.ofEpochDay(days).getMonthValue() - 1;
        };
    }

    @Override
    public boolean undoable() {
        return false;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        throw new IllegalStateException(this + " cannot be undone");
    }

    @Override
    public String toString() {
        return word;
    }
}
