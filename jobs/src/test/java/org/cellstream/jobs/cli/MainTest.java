package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cellstream.config.CellstreamOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static final String TOO_LARGE =
            "lstm(100000) dense(1) over 1 input has 40,000,900,001 parameters; a heap of ";

    @TempDir private Path folder;
    private Path stocks;

    @BeforeEach
    void writeStocks() throws IOException {
        stocks =
                Files.writeString(
                        folder.resolve("stocks.csv"), "Date,Close,Name\n2012-08-13,1,A\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "replay", "backtest"})
    void teachesACommandByAnExample(String command) {
        int code = run(command, "--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage: cellstream " + command,
                        "Example:",
                        "cellstream " + command + " --");
    }

    @Test
    void tellsTheDefaultsThatTheOptionsHave() {
        run("replay", "--help");

        String help = out.toString().replaceAll("\\s+", "");
        assertThat(help)
                .contains(
                        "firstweights.Default:" + CellstreamOptions.SEED.defaultValue(),
                        "trainer.Default:" + CellstreamOptions.PARALLELISM.defaultValue(),
                        CellstreamOptions.NETWORK.defaultValue().replace(" ", ""));
    }

    @Test
    void namesItsCommands() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("demo", "replay", "To begin: cellstream demo");
    }

    @Test
    void tellsItsVersion() {
        int code = run("--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("cellstream ").contains("Java " + Runtime.version());
    }

    @Test
    void needsACommand() {
        assertRefused("no command; need one of demo, replay, backtest", new String[0]);
    }

    @Test
    void refusesAnUnknownCommand() {
        assertRefused("Unmatched argument at index 0: 'forecast'", "forecast");
    }

    @Test
    void refusesADemoWithoutSymbols() {
        assertRefused("--symbols is 0; need 1 to 100000", "demo", "--symbols", "0");
    }

    @Test
    void refusesADurationThatIsNone() {
        assertRefused(
                "--duration is soon; need a time, as 30s or 5min", "demo", "--duration", "soon");
    }

    @Test
    void refusesAReportInAFolderThatIsNotThere() {
        assertRefused(
                "cannot be written; there is no folder /none",
                "demo",
                "--report",
                "/none/report.json");
    }

    @Test
    void asksForWhatReplayNeeds() {
        assertRefused(
                "Missing required options: '--csv=FILE', '--columns=COLUMNS', '--target=NAME',"
                        + " '--time=FIELD'",
                "replay");
    }

    @Test
    void refusesATargetThatIsNoColumn() {
        assertRefused(
                "target \"open\" is no column; the columns are close",
                replay("close=Close", "open"));
    }

    @Test
    void refusesATransformThereIsNot() {
        assertRefused("--columns is close=Close|cube", replay("close=Close|cube", "close"));
    }

    @Test
    void refusesALayerThereIsNot() {
        assertRefused("is not a layer", replay("close=Close", "close", "--network", "conv(3)"));
    }

    @Test
    void refusesADeliveryThereIsNot() {
        assertRefused(
                "\"twice\" is neither exactly-once nor at-least-once",
                replay("close=Close", "close", "--delivery", "twice"));
    }

    @Test
    void refusesAParallelismOfZero() {
        assertRefused(
                "--parallelism is 0; need 1 to 720",
                replay("close=Close", "close", "--parallelism", "0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "cellstream.memory.modes=window > cellstream.memory.modes is no option; the nearest"
                        + " there is is cellstream.memory.mode",
                "memory.mode=window > the nearest there is is cellstream.memory.mode",
                "x=1 > x is no option; names start with cellstream.",
                "cellstream.memory.mode=whole > cellstream.memory.mode is whole; need stateful or"
                        + " window or sequence",
                "cellstream.memory.window=0 > cellstream.memory.window is 0; need 1 to 10000",
                "cellstream.memory.mode=sequence > cellstream.boundary is missing",
                "cellstream.label=l > cellstream.label is l; need none where"
                        + " cellstream.training.labels is next-event",
                "cellstream.network=lstm(4) dense(1) > -D cellstream.network=lstm(4) dense(1); need"
                        + " the argument --network",
                "cellstream.training.enabled=false > need the argument --no-training",
                "cellstream.bounded=false > cellstream.bounded is given; a replay decides it itself",
                "cellstream.topics.events=e > cellstream.topics.events is given; a replay decides",
                "cellstream.weights.epoch=1 h > cellstream.weights.epoch is given; a replay decides",
                "cellstream.mask=m > has no column \"m\"; it has Date, Close, Name",
                "cellstream.memory.mode > should be in KEY=VALUE format",
            })
    void refusesANamedOption(String option, String message) {
        assertRefused(message, replay("close=Close", "close", "-D", option));
        err.getBuffer().setLength(0);

        assertRefused(message, replay("close=Close", "close", "-D" + option));
    }

    @Test
    void refusesAllNamedOptionsThatAreWrongAtOnce() {
        String[] wrong = {"-Dx=1", "-D", "cellstream.seed=2", "-Dcellstream.weight=w"};

        assertRefused("x is no option", replay("close=Close", "close", wrong));
        assertThat(err.toString()).contains("need the argument --seed");
    }

    @Test
    void refusesColumnsThatTheFileLacks() {
        assertRefused(
                "has no column \"Open\"; it has Date, Close, Name", replay("open=Open", "open"));
    }

    @Test
    void refusesAKeyThatTheFileLacks() {
        assertRefused(
                "has no column \"Symbol\"; it has Date, Close, Name",
                replay("close=Close", "close", "--key", "Symbol"));
    }

    @Test
    void showsWhatAFileHoldsAsATerminalOnlyPrintsIt() throws IOException {
        Files.writeString(stocks, "Date,Close\u001b[2J,Name\n2012-08-13,1,A\n");

        assertRefused(
                "has no column \"Close\"; it has Date, Close\\u001b[2J, Name",
                replay("close=Close", "close", "--key", "Symbol"));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        stocks = folder.resolve("none.csv");

        assertRefused("there is no file " + stocks, replay("close=Close", "close"));
    }

    @Test
    void refusesAFolderForAFile() {
        stocks = folder;

        assertRefused(
                folder + " is a folder; need a CSV file, plain or gzip",
                replay("close=Close", "close"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --config %s",
                "run --config %s",
                "control --config %s reset --key A",
                "bootstrap --config %s --csv none.csv --out none"
            })
    void refusesAFolderForAConfigurationFile(String command) {
        assertRefused(
                "--config " + folder + " is a folder; need a file",
                command.formatted(folder).split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--report", "--forecasts"})
    void refusesToWriteOverTheFileThatAReplayReads(String option) throws IOException {
        assertRefused(
                option + " " + stocks + " is a file that is read; need another",
                replay("close=Close", "close", option, stocks.toString()));
        assertThat(stocks).content().startsWith("Date,Close,Name");
    }

    @Test
    void refusesAFileForAnExampleThatReadsNone() {
        Path picture = folder.resolve("cos.png");

        assertRefused(
                "cos reads no file; --csv " + stocks + " is for one of airline, text",
                "example",
                "cos",
                "--quick",
                "--csv",
                stocks.toString(),
                "--out",
                folder.toString());
        assertThat(picture).doesNotExist();
    }

    /** Before anything of it is made: that would end in an OutOfMemoryError. */
    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void refusesANetworkThatIsTooLargeForTheHeap(String command) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        cellstream:
                          kafka.bootstrap-servers: 127.0.0.1:1
                          network: lstm(100000) dense(1)
                          columns: close=Close
                          target: close
                          time: Date
                        """);

        int code = run(command, "--config", config.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("line 3: cellstream.network: " + TOO_LARGE)
                .doesNotContain("OutOfMemory");
    }

    @Test
    void refusesAReplayOfANetworkThatIsTooLargeForTheHeap() {
        assertRefused(
                TOO_LARGE, replay("close=Close", "close", "--network", "lstm(100000) dense(1)"));
    }

    @Test
    void refusesAFileWithoutRows() throws IOException {
        Files.writeString(stocks, "Date,Close,Name\n");

        assertRefused(stocks + " has no rows after its header", replay("close=Close", "close"));
    }

    @Test
    void refusesAWorkFolderWithSomethingElse() throws IOException {
        Files.writeString(folder.resolve("other"), "");

        assertRefused(
                "holds something that is no replay",
                replay("close=Close", "close", "--work", folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none/start", "stocks.csv/start", "stocks.csv", ""})
    void refusesABootstrapIntoWhatCannotBecomeAFolder(String out) throws IOException {
        assertBootstrapRefused(out);
    }

    @Test
    void refusesABootstrapIntoANameThatNoFolderCanHave() throws IOException {
        assertBootstrapRefused("n".repeat(300));
        // A name that can be one, but not while the savepoint is written beside it.
        err.getBuffer().setLength(0);
        assertBootstrapRefused("n".repeat(253));
    }

    /** Before the rows are read: the file is none that could be. */
    private void assertBootstrapRefused(String out) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        cellstream:
                          kafka.bootstrap-servers: 127.0.0.1:1
                          columns: close=Close
                          target: close
                          time: Date
                        """);
        Path none = folder.resolve("none.csv");

        assertRefused(
                "--out " + folder.resolve(out),
                "bootstrap",
                "--config",
                config.toString(),
                "--csv",
                none.toString(),
                "--out",
                folder.resolve(out).toString());
        assertThat(err.toString()).doesNotContain("none.csv");
    }

    private String[] replay(String columns, String target, String... more) {
        String[] first = {
            "replay",
            "--csv",
            stocks.toString(),
            "--time",
            "Date",
            "--columns",
            columns,
            "--target",
            target
        };
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    /** One line that says it, exit code 2, nothing on standard output. */
    private void assertRefused(String message, String... arguments) {
        int code = run(arguments);

        assertThat(err.toString().lines().filter(l -> l.startsWith("cellstream: "))).hasSize(1);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
