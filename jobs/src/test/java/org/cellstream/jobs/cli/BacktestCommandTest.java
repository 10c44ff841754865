package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path stocks;

    @BeforeEach
    void writeStocks() throws IOException {
        stocks =
                Files.writeString(
                        folder.resolve("stocks.csv"),
                        "Date,Close,Name\n2012-08-13,1,A\n2012-08-14,2,A\n");
    }

    @Test
    void asksForWhatAFileNeeds() {
        assertRefused("Missing required options: --csv, --columns, --target, --time");
        err.getBuffer().setLength(0);
        assertRefused("Missing required options: --columns, --target", "--csv", "f", "--time", "t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "cellstream.weights.timing=arrival > cellstream.weights.timing is given; a backtest decides it itself",
                "cellstream.weights.epoch=1 h > cellstream.weights.epoch is given; a backtest decides it itself",
                "cellstream.experts.tell=true > cellstream.experts.tell is given; a backtest decides it itself",
                "cellstream.training.loss=binary-cross-entropy > cellstream.training.loss is binary-cross-entropy; a backtest compares numbers, not classes",
                "cellstream.late.rewind-steps=3 > cellstream.late.rewind-steps is 3; a backtest scores each forecast once, so it needs 0",
                "cellstream.memory.modes=window > cellstream.memory.modes is no option",
            })
    void refusesAnOption(String option, String message) {
        assertRefused(message, file("-D", option));
    }

    @Test
    void refusesWrongSeeds() {
        assertRefused("--seeds are 1,2,1; need each once", file("--seeds", "1,2,1"));
        err.getBuffer().setLength(0);
        assertRefused("--seed is given beside --seeds", file("--seeds", "1,2", "--seed", "1"));
        err.getBuffer().setLength(0);
        assertRefused("'one' is not a long", file("--seeds", "one"));
    }

    @Test
    void refusesToWriteTwoThingsIntoOneFile() {
        String same = folder.resolve("out").toString();
        assertRefused(
                "--html and --report are both " + same + "; need two files",
                file("--report", folder.resolve("./out").toString(), "--html", same));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--report", "--html"})
    void refusesToWriteOverTheFileThatItReads(String option) {
        assertRefused(
                option + " " + stocks + " is a file that is read; need another",
                file(option, stocks.toString()));
        assertThat(stocks).content().startsWith("Date,Close,Name");
    }

    @Test
    void refusesAReportInAFolderThatIsNotThere() {
        assertRefused("there is no folder /none", file("--html", "/none/report.html"));
    }

    @Test
    void refusesAKeyToDrawThatTheFileLacks() {
        assertRefused(
                "--plot-keys has B; no row has such a key",
                file("--key", "Name", "--plot-keys", "A,B"));
        err.getBuffer().setLength(0);
        assertRefused(
                "--plot-keys has A; without --key all rows have the one key \"all\"",
                file("--plot-keys", "A"));
    }

    @Test
    void refusesColumnsThatTheFileLacks() {
        assertRefused(
                "has no column \"Symbol\"; it has Date, Close, Name", file("--key", "Symbol"));
        err.getBuffer().setLength(0);
        assertRefused("has no column \"Open\"; it has Date, Close, Name", file("--wide", "Open"));
    }

    @Test
    void refusesAKeyBesideColumnsThatAreKeys() {
        assertRefused(
                "--key is Name beside --wide; need one of them",
                file("--key", "Name", "--wide", "Close"));
    }

    @Test
    void refusesAFileWithoutRows() throws IOException {
        Files.writeString(stocks, "Date,Close,Name\n");

        assertRefused(stocks + " has no rows after its header", file());
    }

    @Test
    void refusesToTuneOnAFewTimes() {
        assertRefused("has 2 distinct times; --tune needs more", file("--tune"));
    }

    @Test
    void refusesAStreamThatThereIsNot() {
        assertRefused(
                "there is no stream \"waves\"; need all, white-noise", "--generated", "waves");
    }

    @Test
    void refusesAFileBesideAStream() {
        assertRefused(
                "--csv is for a file; --generated trend has none",
                "--generated",
                "trend",
                "--csv",
                stocks.toString());
    }

    private String[] file(String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--csv",
                                stocks.toString(),
                                "--time",
                                "Date",
                                "--columns",
                                "close=Close",
                                "--target",
                                "close"));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    /** One line that says it, exit code 2, nothing on standard output. */
    private void assertRefused(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "backtest";
        System.arraycopy(arguments, 0, all, 1, arguments.length);

        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);

        assertThat(err.toString().lines().filter(l -> l.startsWith("cellstream: "))).hasSize(1);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }
}
