package org.cellstream.jobs.backtest;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.cellstream.jobs.plot.LinePlot;
import org.cellstream.jobs.report.TextTable;

/**
 * Tables and plots as one HTML page: the plots are in it as PNG, and no script is, so that it opens
 * from a disk and in a mail.
 */
final class HtmlReport {

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Cellstream backtest</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 1200px;
              padding: 0 1em; color: #222; background: #fff }
            table { border-collapse: collapse; margin: 1em 0 1.6em }
            th, td { padding: .25em .9em; text-align: right; border-bottom: 1px solid #ddd;
              font-variant-numeric: tabular-nums }
            th:first-child, td:first-child { text-align: left }
            img { width: 100%; height: auto; margin: .6em 0 1.4em }
            summary { cursor: pointer }
            </style>
            </head>
            <body>
            <h1>Backtest</h1>
            """;

    private static final String NOTES =
            """
            <p>Skill is 1 - MAE / MAE of repeating the last value, each key's errors in units of its
            own spread. MASE is MAE in units of the error of repeating the last value, or that of a
            season before, over the first tenth. Where a method could not say anything yet, the last
            value counts in its place, so that all are compared on the same events.</p>
            """;

    private HtmlReport() {}

    static String of(BacktestTables tables, BacktestResult run) throws IOException {
        StringBuilder html = new StringBuilder(HEAD);
        html.append("<p>").append(escaped(tables.summary())).append("</p>\n");
        tables.all().forEach(table -> append(html, table));
        html.append(NOTES);
        for (LinePlot plot : new BacktestPlots(run).all()) {
            html.append("<img alt=\"")
                    .append(escaped(plot.title()))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(plot.png()))
                    .append("\">\n");
        }
        html.append("<details><summary>Every key</summary>\n");
        append(html, tables.keys());
        return html.append("</details>\n</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder html, TextTable table) {
        html.append("<table>\n");
        append(html, table.header(), "th");
        table.rows().forEach(row -> append(html, row, "td"));
        html.append("</table>\n");
    }

    private static void append(StringBuilder html, List<String> cells, String tag) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append('<').append(tag).append('>').append(escaped(cell));
            html.append("</").append(tag).append('>');
        }
        html.append("</tr>\n");
    }

    /** As text that starts no tag; keys are what users wrote. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
