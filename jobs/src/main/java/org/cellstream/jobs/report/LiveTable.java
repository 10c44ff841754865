package org.cellstream.jobs.report;

import java.io.PrintWriter;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Lines that are written over themselves on a terminal; elsewhere one plain line every few times,
 * since a log keeps everything. Lines must fit the terminal, or the cursor goes back too few rows.
 */
@Internal
public final class LiveTable {

    private static final String UP = "\033[%dA";
    private static final String CLEAR_LINE = "\033[2K";

    private final PrintWriter out;
    private final boolean inPlace;
    private final int plainEvery;
    private int shown;
    private int times;

    /**
     * @param inPlace whether {@code out} is a terminal
     * @param plainEvery how many calls make one plain line elsewhere
     */
    public LiveTable(PrintWriter out, boolean inPlace, int plainEvery) {
        this.out = out;
        this.inPlace = inPlace;
        this.plainEvery = plainEvery;
    }

    /** Shows the table, or the one line that stands for it. */
    public void show(List<String> table, String plain) {
        if (inPlace) {
            showInPlace(table);
        } else if (times++ % plainEvery == 0) {
            out.println(plain);
        }
        out.flush();
    }

    private void showInPlace(List<String> table) {
        StringBuilder text = new StringBuilder();
        if (shown > 0) {
            text.append(UP.formatted(shown)).append('\r');
        }
        for (String line : table) {
            text.append(CLEAR_LINE).append(line).append('\n');
        }
        shown = table.size();
        out.print(text);
    }
}
