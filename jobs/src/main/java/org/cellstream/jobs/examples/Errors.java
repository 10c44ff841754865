package org.cellstream.jobs.examples;

import java.util.Locale;

/** Root mean square errors, and how they are written. */
final class Errors {

    private double squares;
    private int count;

    void add(double error) {
        squares += error * error;
        count++;
    }

    double rootMeanSquare() {
        return Math.sqrt(squares / count);
    }

    /** With so many digits behind the point. */
    String text(int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", rootMeanSquare());
    }
}
