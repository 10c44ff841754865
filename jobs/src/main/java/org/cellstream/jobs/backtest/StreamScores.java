package org.cellstream.jobs.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.report.Report;
import org.cellstream.jobs.report.TextTable;

/** Of each stream, the error of the mixture beside that of the best simple method. */
@Internal
public final class StreamScores {

    private static final double MOST = 1.02;
    private static final double ALMOST_NOTHING = 1e-6;

    private final List<Row> rows;

    StreamScores(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * One stream.
     *
     * @param mae mean absolute error of the mixture over the scored events of all keys
     * @param best the simple method of the smallest error
     * @param bestMae its error
     * @param size mean |target|
     */
    record Row(String name, double mae, Method best, double bestMae, double size) {

        /** Error of the mixture over that of the best simple method; 1 if neither made any. */
        double ratio() {
            return mae == bestMae ? 1 : mae / bestMae;
        }

        /** Whether the mixture loses by more than 2% and one in a million of the stream's size. */
        boolean loses() {
            return !(mae <= MOST * bestMae + ALMOST_NOTHING * size);
        }
    }

    /** How many streams the mixture loses on. */
    public long lost() {
        return rows.stream().filter(Row::loses).count();
    }

    /** A table for a terminal. */
    public String toText() {
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            cells.add(
                    List.of(
                            row.name(),
                            BacktestTables.number(row.mae()),
                            BacktestTables.number(row.bestMae()),
                            row.best().toString(),
                            String.format(Locale.ROOT, "%.3f", row.ratio()),
                            row.loses() ? "yes" : "no"));
        }
        return new TextTable(
                        List.of("stream", "MAE", "best simple", "method", "ratio", "lost"), cells)
                .toString();
    }

    /** The same as numbers: of each stream {@code ratio} with its name behind. */
    public Report numbers() {
        Report report = new Report().put("streams", rows.size()).put("lost", lost());
        report.put(
                "ratioHighest",
                rows.stream().mapToDouble(Row::ratio).filter(Double::isFinite).max().orElse(1));
        for (Row row : rows) {
            report.put("ratio" + camel(row.name()), row.ratio());
        }
        return report;
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("-", -1)) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return camel.toString();
    }
}
