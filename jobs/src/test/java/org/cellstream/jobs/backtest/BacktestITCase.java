package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.replay.Replay;
import org.cellstream.jobs.replay.ReplaySettings;
import org.cellstream.jobs.replay.WrongInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestITCase {

    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 300;
    private static final List<String> KEYS = List.of("A", "B", "C");

    @TempDir private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void givesTheForecastsOfAReplayAndTheSameTwice() throws Exception {
        Path csv = prices(-1);
        Configuration told = options();
        told.set(CellstreamOptions.EXPERTS_TELL, true);

        String first = hash(backtest(csv, List.of(1L)).numbers().toJson());
        String second = hash(backtest(csv, List.of(1L)).numbers().toJson());
        String replayed =
                hash(
                        new Replay(new ReplaySettings(csv, List.of(), told, null, null, "t"), err())
                                .run()
                                .toJson());

        assertThat(second).isEqualTo(first);
        assertThat(first).isEqualTo(replayed);
    }

    @Test
    void accountsForEveryRowAndComparesEveryMethod() throws Exception {
        Path csv = prices(-1);
        Files.writeString(
                csv,
                Files.readString(csv)
                        + "2020-10-27,,A\n2020-10-27,much,A\n2020-10-27,0,A\n2020-10-27,1\n"
                        + "2020-01-01,1,B\n");

        BacktestReport report = backtest(csv, List.of(1L, 2L));

        assertThat(report.numbers().toJson())
                .contains(
                        "\"rows\" : 905,",
                        "\"accepted\" : 900,",
                        "\"rejectedEmptyNumber\" : 1,",
                        "\"rejectedNotANumber\" : 1,",
                        "\"rejectedTransform\" : 1,",
                        "\"rejectedMalformed\" : 1,",
                        "\"late\" : 1,",
                        "\"forecasts\" : 900,",
                        "\"missing\" : 0,",
                        "\"keys\" : 3,",
                        "\"seeds\" : 2,")
                .doesNotContain(
                        "\"maeSkillNetwork\" : null", "\"maeSkillArRls\" : null",
                        "\"maeSkillSeasonal\" : null", "\"maeSkillHoltWinters\" : null",
                        "\"coverage\" : null", "\"persistenceMeanWidth\" : null");
        assertThat(report.toText()).contains("mixture", "holt-winters", "seasonal");
    }

    /** A value that comes on day 250 changes nothing of what was forecast before it. */
    @Test
    void seesNothingOfTheFuture() throws Exception {
        Map<Boolean, List<String>> before = linesByPeek(prices(-1), 250);
        Map<Boolean, List<String>> after = linesByPeek(prices(250), 250);

        assertThat(after.get(true)).hasSize(250 * KEYS.size()).isEqualTo(before.get(true));
        assertThat(after.get(false)).hasSize(50 * KEYS.size()).isNotEqualTo(before.get(false));
    }

    /** Forecasts as JSON, by whether they were made before a day. */
    private Map<Boolean, List<String>> linesByPeek(Path csv, int day) throws Exception {
        BacktestSettings settings = settings(csv, List.of(1L), false);
        Path out = folder.resolve("forecasts.jsonl");
        BacktestRun.Part part =
                new BacktestRun.Part(Long.MAX_VALUE, Long.MIN_VALUE, List.of(), out);
        new BacktestRun(History.read(settings), settings.options(), err()).run(part);
        long time = FIRST_DAY.plusDays(day).toEpochDay() * 86_400_000;
        return Files.readAllLines(out).stream()
                .collect(
                        Collectors.partitioningBy(
                                line ->
                                        Long.parseLong(line.replaceAll(".*\"time\":(\\d+).*", "$1"))
                                                < time));
    }

    @Test
    void reportsOnTheRestOfWhatItTunedOn() throws Exception {
        BacktestReport report = new Backtest(settings(prices(-1), List.of(1L), true), err()).run();

        // Forty percent of 300 days are those through day 119.
        long tuned = FIRST_DAY.plusDays(119).toEpochDay() * 86_400_000;
        assertThat(report.numbers().toJson())
                .contains("\"tunedThroughTime\" : " + tuned + ",", "\"forecasts\" : 900,");
        assertThat(report.toText())
                .contains("scored: after " + FIRST_DAY.plusDays(119) + " to", "taken");
        assertThat(said.toString()).contains("trying cellstream.training.learning-rate=0.002");
    }

    @Test
    void readsColumnsAsKeys() throws Exception {
        Path csv = folder.resolve("wide.csv");
        StringBuilder rows = new StringBuilder("date,A,B\n");
        for (int day = 0; day < 40; day++) {
            rows.append(FIRST_DAY.plusDays(day)).append(",%d,%d%n".formatted(day % 7, day));
        }
        Files.writeString(csv, rows);
        Configuration options = options();
        options.set(CellstreamOptions.COLUMNS, "value, week=time|dayOfWeek|cyclic");
        options.set(CellstreamOptions.TARGET, "value");
        options.set(JobOptions.KEY, "key");
        options.set(JobOptions.TIME, "date");

        BacktestReport report =
                new Backtest(
                                new BacktestSettings(
                                        csv,
                                        List.of("A", "B"),
                                        options,
                                        List.of(1L),
                                        false,
                                        List.of("B")),
                                err())
                        .run();

        assertThat(report.numbers().toJson()).contains("\"rows\" : 80,", "\"keys\" : 2,");
        report.writeHtml(folder.resolve("wide.html"));
        assertThat(folder.resolve("wide.html")).content().contains("alt=\"B: the last 40 events");
    }

    @Test
    void refusesKeysToBeDrawnThatNoRowHas() throws Exception {
        BacktestSettings settings =
                new BacktestSettings(
                        prices(-1), List.of(), options(), List.of(1L), false, List.of("A", "Z"));

        assertThatThrownBy(() -> new Backtest(settings, err()).run())
                .isInstanceOf(WrongInputException.class)
                .hasMessage("--plot-keys has Z; no row has such a key");
    }

    @Test
    void refusesAFileThatLeadsToNoForecast() throws Exception {
        Path csv =
                Files.writeString(
                        folder.resolve("bad.csv"), "Date,Price,Name\n2020-01-01,none,A\n");

        assertThatThrownBy(() -> backtest(csv, List.of(1L)))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("led to a forecast; all were rejected");
    }

    /** The short form of {@code backtest --generated all}, where learning takes no time. */
    @Test
    void losesToNoSimpleMethodWhereItIsPlainWhichIsBest() throws Exception {
        Configuration options = options();
        options.set(CellstreamOptions.TRAINING_ENABLED, false);
        List<GeneratedStream> streams =
                List.of(
                        GeneratedStreams.named("constant").get(0),
                        GeneratedStreams.named("random-walk").get(0));

        StreamScores scores =
                new GeneratedBacktest(streams, GeneratedBacktest.forStreams(options), 1000, err())
                        .run();

        assertThat(scores.lost()).as(scores.toText()).isZero();
    }

    private BacktestReport backtest(Path csv, List<Long> seeds) throws Exception {
        return new Backtest(settings(csv, seeds, false), err()).run();
    }

    private static BacktestSettings settings(Path csv, List<Long> seeds, boolean tune) {
        return new BacktestSettings(csv, List.of(), options(), seeds, tune, List.of());
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.COLUMNS, "price=Price|log");
        options.set(CellstreamOptions.TARGET, "price");
        options.set(CellstreamOptions.NETWORK, "lstm(4) dense(1)");
        options.set(CellstreamOptions.TRAINING_WINDOW, 10);
        options.set(CellstreamOptions.TRAINING_MINIBATCH, 4);
        options.set(CellstreamOptions.SEASON, 5);
        options.set(JobOptions.KEY, "Name");
        options.set(JobOptions.TIME, "Date");
        return options;
    }

    /**
     * Prices of three keys, day by day.
     *
     * @param planted day on which the first key's is ten times higher; -1 for none
     */
    private Path prices(int planted) throws IOException {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("Date,Price,Name\n");
        for (int day = 0; day < DAYS; day++) {
            for (String key : KEYS) {
                double price = 50 + 10 * Math.sin(day / 3.0) + 5 * random.nextDouble();
                boolean higher = day == planted && key.equals(KEYS.get(0));
                rows.append(
                        String.format(
                                Locale.ROOT,
                                "%s,%.4f,%s%n",
                                FIRST_DAY.plusDays(day),
                                higher ? 10 * price : price,
                                key));
            }
        }
        return Files.writeString(folder.resolve("prices.csv"), rows);
    }

    private static String hash(String report) {
        return report.replaceAll("(?s).*\"forecastsSha256\" : \"([0-9a-f]{64})\".*", "$1");
    }

    private PrintWriter err() {
        return new PrintWriter(said, true);
    }
}
