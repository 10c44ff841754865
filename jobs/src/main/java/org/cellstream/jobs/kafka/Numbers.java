package org.cellstream.jobs.kafka;

/** Numbers in texts. */
final class Numbers {

    private Numbers() {}

    /**
     * The finite number that a text such as {@code -1.5e3} stands for, else NaN. Java's own reader
     * takes {@code 1d} too.
     */
    static double parse(String text) {
        String number = text.strip();
        for (int i = 0; i < number.length(); i++) {
            if ("0123456789+-.eE".indexOf(number.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            double parsed = Double.parseDouble(number);
            return Double.isFinite(parsed) ? parsed : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
