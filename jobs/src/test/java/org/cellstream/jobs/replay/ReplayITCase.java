package org.cellstream.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.market.Market;
import org.cellstream.jobs.market.Trade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayITCase {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 600;
    private static final int SYMBOLS = 60;

    @TempDir private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void accountsForEveryRow() throws Exception {
        Path csv =
                Files.writeString(
                        folder.resolve("rows.csv"),
                        """
                        Date,Price,Name
                        2020-01-01,10,A
                        2020-01-01,20,B
                        2020-01-02,11,A
                        2020-01-02,,B
                        2020-01-03,much,A
                        2020-01-03,0,B
                        2020-01-03,12
                        someday,12,A
                        2020-01-01,9,A
                        2020-01-04,21,B
                        2020-01-04,12,A
                        """);
        Path forecasts = folder.resolve("forecasts.jsonl");

        String report = new Replay(settings(csv, null, forecasts), err()).run().toJson();

        assertThat(report)
                .contains(
                        "\"rows\" : 11,",
                        "\"accepted\" : 5,",
                        "\"rejected\" : 5,",
                        "\"rejectedEmptyNumber\" : 1,",
                        "\"rejectedNotANumber\" : 1,",
                        "\"rejectedTransform\" : 1,",
                        "\"rejectedMalformed\" : 2,",
                        "\"late\" : 1,",
                        "\"forecasts\" : 5,",
                        "\"duplicates\" : 0,",
                        "\"missing\" : 0,");
        assertThat(Files.readAllLines(forecasts))
                .extracting(
                        line -> line.replaceAll(".*\"key\":\"(\\w)\".*\"step\":(\\d+).*", "$1$2"))
                .containsExactly("A1", "A2", "A3", "B1", "B2");
    }

    @Test
    void givesTheSameForecastsWhenItWasInterruptedAndResumed() throws Exception {
        Path csv = market();
        String whole = hash(new Replay(settings(csv, null, null), err()).run().toJson());
        Path work = folder.resolve("work");
        CompletableFuture<Void> interruption = interruptAfterFirstCheckpoint(work);

        assertThatThrownBy(() -> new Replay(settings(csv, work, null), err()).run())
                .isInstanceOfAny(InterruptedException.class, IOException.class);
        interruption.join();
        String report = new Replay(settings(csv, work, null), err()).run().toJson();

        assertThat(said.toString()).contains("going on from " + work);
        assertThat(report).contains("\"duplicates\" : 0,", "\"missing\" : 0,");
        assertThat(report).contains("\"forecasts\" : " + DAYS * SYMBOLS + ",");
        assertThat(hash(report)).isEqualTo(whole);
    }

    @Test
    void tellsItsNumbersAgainWhereItHadEnded() throws Exception {
        Path csv =
                Files.writeString(
                        folder.resolve("few.csv"),
                        "Date,Price,Name\n2020-01-01,1,A\n2020-01-02,2,A\n");
        Path work = folder.resolve("work");
        String first = hash(new Replay(settings(csv, work, null), err()).run().toJson());

        String second = hash(new Replay(settings(csv, work, null), err()).run().toJson());

        assertThat(second).isEqualTo(first);
        Configuration others = options();
        others.set(CellstreamOptions.SEED, 7L);
        assertThatThrownBy(
                        () ->
                                new Replay(
                                                new ReplaySettings(
                                                        csv, List.of(), others, work, null, "test"),
                                                err())
                                        .run())
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("belongs to a replay with seed \"1\", not \"7\"");
    }

    @Test
    void forecastsWithoutLearning() throws Exception {
        Path csv =
                Files.writeString(
                        folder.resolve("few.csv"),
                        "Date,Price,Name\n2020-01-01,1,A\n2020-01-02,2,A\n");
        Configuration options = options();
        options.set(CellstreamOptions.TRAINING_ENABLED, false);

        String report =
                new Replay(new ReplaySettings(csv, List.of(), options, null, null, "test"), err())
                        .run()
                        .toJson();

        assertThat(report).contains("\"forecasts\" : 2,", "\"lastWeightsNumber\" : 0,");
    }

    /** On a thread of its own: the common pool may have one only, which Flink needs. */
    private CompletableFuture<Void> interruptAfterFirstCheckpoint(Path work) {
        Thread replay = Thread.currentThread();
        return CompletableFuture.runAsync(
                () -> {
                    while (!hasCheckpoint(work.resolve("checkpoints"))) {
                        LockSupport.parkNanos(POLL_NANOS);
                    }
                    replay.interrupt();
                },
                task -> new Thread(task, "interruption").start());
    }

    private static boolean hasCheckpoint(Path checkpoints) {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.anyMatch(f -> f.endsWith("_metadata"));
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    /** A row a day and symbol, in the order of days. */
    private Path market() throws IOException {
        Market market = new Market(1, 1);
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("Date,Price,Name\n");
        for (int day = 0; day < DAYS; day++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                Trade trade = market.next();
                double price = trade.price() * (1 + 0.01 * random.nextDouble());
                rows.append(
                        String.format(
                                Locale.ROOT,
                                "%s,%.4f,%s%n",
                                FIRST_DAY.plusDays(day),
                                price,
                                Market.name(symbol)));
            }
        }
        return Files.writeString(folder.resolve("market.csv"), rows);
    }

    private static ReplaySettings settings(
            Path csv, @Nullable Path work, @Nullable Path forecasts) {
        return new ReplaySettings(csv, List.of(), options(), work, forecasts, "test");
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.COLUMNS, "price=Price|log");
        options.set(CellstreamOptions.TARGET, "price");
        options.set(CellstreamOptions.NETWORK, "lstm(16) dense(1)");
        options.set(JobOptions.KEY, "Name");
        options.set(JobOptions.TIME, "Date");
        options.set(JobOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(200));
        return options;
    }

    private static String hash(String report) {
        return report.replaceAll("(?s).*\"forecastsSha256\" : \"([0-9a-f]{64})\".*", "$1");
    }

    private PrintWriter err() {
        return new PrintWriter(said, true);
    }
}
