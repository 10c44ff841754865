package org.cellstream.features;

import java.util.Locale;

/** The transforms that look at one value alone and have no arguments. */
enum PlainTransform implements Transform {
    LOG(true, "numbers above 0"),
    LOG1P(true, "numbers above -1"),
    SQRT(true, "numbers from 0"),
    ABS(false, "finite numbers");

    private final boolean undoable;
    private final String takes;

    PlainTransform(boolean undoable, String takes) {
        this.undoable = undoable;
        this.takes = takes;
    }

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return switch (this) {
            case LOG -> StrictMath.log(value);
            case LOG1P -> StrictMath.log1p(value);
            case SQRT -> Math.sqrt(value);
            case ABS -> Math.abs(value);
        };
    }

    @Override
    public boolean undoable() {
        return undoable;
    }

    /** The inverse. Below 0, which no square root is, the inverse of sqrt is that of 0. */
    @Override
    public double undo(double value, double[] memory, int offset) {
        return switch (this) {
            case LOG -> Transform.finite(StrictMath.exp(value));
            case LOG1P -> Transform.finite(StrictMath.expm1(value));
            case SQRT -> Transform.finite(Math.max(0, value) * Math.max(0, value));
            case ABS -> throw new IllegalStateException("abs cannot be undone");
        };
    }

    @Override
    public String takes() {
        return takes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
