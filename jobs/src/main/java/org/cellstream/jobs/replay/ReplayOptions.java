package org.cellstream.jobs.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.features.Columns;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.kafka.EventTimes;

/**
 * What a replay or a backtest sets of the job's options, beside what the user gave, and which of
 * them make it the replay that it is.
 */
@Internal
public final class ReplayOptions {

    /** A resumed replay finds the transactions of one that was interrupted up to this long ago. */
    private static final int EPOCHS_A_WINDOW = 4;

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofDays(7);

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

    /** What a user cannot choose: a replay has a Kafka and a folder of its own, and an end. */
    private static final List<ConfigOption<?>> OWN =
            List.of(
                    CellstreamOptions.WEIGHTS_TIMING,
                    CellstreamOptions.WEIGHTS_EPOCH,
                    JobOptions.BOOTSTRAP_SERVERS,
                    JobOptions.TOPIC_EVENTS,
                    JobOptions.TOPIC_TRAINING,
                    JobOptions.TOPIC_FORECASTS,
                    JobOptions.TOPIC_WEIGHTS,
                    JobOptions.TOPIC_LATE,
                    JobOptions.TOPIC_REJECTED,
                    JobOptions.TOPIC_CONTROL,
                    JobOptions.TOPIC_REPORTS,
                    JobOptions.NAME,
                    JobOptions.TRANSACTION_TIMEOUT,
                    JobOptions.START_FROM,
                    JobOptions.BOUNDED,
                    JobOptions.IDLE_AFTER,
                    JobOptions.CHECKPOINT_FOLDER,
                    JobOptions.WEB_PORT);

    private static final ConfigOption<String> RATE =
            ConfigOptions.key("cellstream.training.rate").stringType().noDefaultValue();

    /** The rate of training that follows the machine. */
    private static final String ADAPTIVE = "adaptive";

    private final Configuration given;

    /**
     * @param given by the user
     */
    public ReplayOptions(Configuration given) {
        this.given = given;
    }

    /**
     * Checks what the user gave.
     *
     * @param who runs them, for messages
     * @throws IllegalArgumentException if something is wrong
     */
    public static void check(Configuration given, String who) {
        List<Mistake> mistakes = new ArrayList<>();
        OWN.stream()
                .filter(option -> given.containsKey(option.key()))
                .map(option -> decided(option, who))
                .forEach(mistakes::add);
        if (given.getOptional(RATE).orElse("").strip().equals(ADAPTIVE)) {
            mistakes.add(
                    new Mistake(
                            RATE.key(),
                            "%s is %s, which follows the machine; need all, ratio(share) or per-second(steps), which make %s give the same forecasts again"
                                    .formatted(RATE.key(), ADAPTIVE, who)));
        }
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException("the options", mistakes);
        }
        JobConfig.from(new ReplayOptions(given).complete("127.0.0.1:9092", Duration.ofMillis(1)));
    }

    private static Mistake decided(ConfigOption<?> option, String who) {
        return new Mistake(option.key(), option.key() + " is given; " + who + " decides it itself");
    }

    /**
     * Checks that a file has all columns that the job reads.
     *
     * @return where the key stands, or -1
     * @throws WrongInputException if one is missing
     */
    public int checkColumns(CsvFile csv) throws WrongInputException {
        for (String field : columns().fields()) {
            csv.column(field);
        }
        for (String field : otherFields()) {
            csv.column(field);
        }
        csv.column(time());
        Optional<String> key = given.getOptional(JobOptions.KEY);
        return key.isPresent() ? csv.column(key.get()) : -1;
    }

    /**
     * Reads a file once.
     *
     * @throws WrongInputException if it has no rows
     */
    public CsvScan scan(CsvFile csv) throws IOException {
        CsvScan scan = CsvScan.of(csv, csv.column(time()), EventTimes::parse);
        if (scan.rows() == 0) {
            throw new WrongInputException(csv.path() + " has no rows after its header");
        }
        return scan;
    }

    /** The columns of the file that the job reads beside those of the network's inputs. */
    private List<String> otherFields() {
        return Stream.of(JobOptions.BOUNDARY, JobOptions.LABEL, JobOptions.WEIGHT, JobOptions.MASK)
                .flatMap(field -> given.getOptional(field).stream())
                .toList();
    }

    /** The columns that the network reads. */
    public Columns columns() {
        return Columns.parse(
                given.get(CellstreamOptions.COLUMNS), given.get(CellstreamOptions.TARGET));
    }

    private String time() {
        return given.getOptional(JobOptions.TIME).orElseThrow();
    }

    /**
     * All options of the job. Weights take effect at epochs of event time, so that two replays give
     * the same forecasts; without training there is nothing to wait for.
     *
     * @param spacing usual distance between two times of the file; an epoch is a quarter of a
     *     training window, so that what a window taught waits little to be of use
     */
    public Configuration complete(String bootstrapServers, Duration spacing) {
        Configuration options = new Configuration(given);
        options.set(JobOptions.NAME, "cellstream-replay");
        options.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(JobOptions.TRANSACTION_TIMEOUT, TRANSACTION_TIMEOUT);
        options.set(
                JobOptions.CHECKPOINT_INTERVAL,
                given.getOptional(JobOptions.CHECKPOINT_INTERVAL).orElse(CHECKPOINT_INTERVAL));
        options.set(JobOptions.BOUNDED, true);
        if (given.get(CellstreamOptions.TRAINING_ENABLED)) {
            int window = given.get(CellstreamOptions.TRAINING_WINDOW);
            options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.EVENT_TIME);
            long steps = Math.max(1, window / EPOCHS_A_WINDOW);
            options.set(CellstreamOptions.WEIGHTS_EPOCH, spacing.multipliedBy(steps));
        }
        return options;
    }

    /**
     * What has to be the same for a replay to go on in the folder of another.
     *
     * @param sha256 hash of the file
     */
    Map<String, String> identity(String sha256, String version) {
        Map<String, String> identity = new TreeMap<>();
        identity.put("input", sha256);
        identity.put("version", version);
        identity.put("columns", columns().toString());
        for (ConfigOption<?> option :
                new ConfigOption<?>[] {
                    CellstreamOptions.TARGET,
                    CellstreamOptions.NETWORK,
                    CellstreamOptions.SEED,
                    CellstreamOptions.TRAINING_ENABLED,
                    CellstreamOptions.PARALLELISM,
                    JobOptions.DELIVERY,
                    JobOptions.KEY,
                    JobOptions.TIME
                }) {
            String name = option.key().replaceFirst("^cellstream\\.", "");
            identity.put(
                    name,
                    given.getOptional(option)
                            .map(Object::toString)
                            .orElse(String.valueOf(option.defaultValue())));
        }
        given.toMap()
                .forEach(
                        (key, value) ->
                                identity.putIfAbsent(
                                        key.replaceFirst("^cellstream\\.", ""), value));
        return identity;
    }
}
