package org.cellstream.jobs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.cellstream.KeyedLstm;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.GapConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.config.WeightTiming;
import org.cellstream.features.Columns;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.StartFrom;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/**
 * Finds all that is wrong with a set of options. What depends on an option that cannot be read is
 * not checked.
 */
final class OptionChecks {

    /** Options that are checked together: one of them makes sense only beside another. */
    private static final Set<ConfigOption<?>> TOGETHER =
            Set.of(
                    CellstreamOptions.GAPS_CADENCE,
                    CellstreamOptions.GAPS_MISSING,
                    CellstreamOptions.GAPS_RESET_AFTER,
                    CellstreamOptions.WEIGHTS_TIMING,
                    CellstreamOptions.WEIGHTS_EPOCH,
                    CellstreamOptions.WEIGHTS_SERVE_AFTER,
                    CellstreamOptions.EXPERTS);

    private static final List<ConfigOption<?>> WITH_EXPERTS =
            List.of(
                    CellstreamOptions.EXPERTS,
                    CellstreamOptions.SEASON,
                    CellstreamOptions.TRAINING_LOSS,
                    CellstreamOptions.TRAINING_LABELS);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final int LAST_PORT = 65_535;

    private final ReadableConfig given;
    private final Configuration options = new Configuration();
    private final Set<Mistake> mistakes = new LinkedHashSet<>();

    OptionChecks(ReadableConfig given) {
        this.given = given;
    }

    List<Mistake> find() {
        for (ConfigOption<?> option : CellstreamOptions.all()) {
            if (read(option)
                    && !TOGETHER.contains(option)
                    && !ModeChecks.TOGETHER.contains(option)) {
                checkAlone(option);
            }
        }
        JobOptions.all().forEach(this::read);
        checkNetwork();
        checkTiming();
        checkExperts();
        new ModeChecks(options, this::wrong).run();
        checkRun();
        tell(
                JobOptions.START_FROM.key(),
                () -> StartFrom.parse(options.get(JobOptions.START_FROM)));
        new KafkaChecks(given, options, mistakes).run();
        if (mistakes.isEmpty()) {
            String option =
                    options.contains(CellstreamOptions.WEIGHTS_FILE)
                            ? CellstreamOptions.WEIGHTS_FILE.key()
                            : CellstreamOptions.NETWORK.key();
            tell(option, () -> KeyedLstm.of(Types.STRING, options));
        }
        return new ArrayList<>(mistakes);
    }

    /** Takes over an option that is given and can be read. */
    private <T> boolean read(ConfigOption<T> option) {
        try {
            given.getOptional(option).ifPresent(value -> options.set(option, value));
            return options.contains(option);
        } catch (IllegalArgumentException e) {
            wrong(option, OptionTypes.written(given, option), OptionTypes.allowed(option));
            return false;
        }
    }

    private <T> void checkAlone(ConfigOption<T> option) {
        Configuration alone = new Configuration();
        alone.set(option, options.get(option));
        tell(option.key(), () -> InferenceConfig.from(alone));
        tell(option.key(), () -> TrainingConfig.from(alone));
    }

    private void checkNetwork() {
        Columns columns = null;
        if (!options.contains(CellstreamOptions.COLUMNS)) {
            required(
                    CellstreamOptions.COLUMNS,
                    "the inputs of the network, as range=High/Low|log, volume=Volume|log");
        }
        if (!options.contains(CellstreamOptions.TARGET)) {
            required(CellstreamOptions.TARGET, "one of the columns");
        } else if (options.contains(CellstreamOptions.COLUMNS)) {
            String text = options.get(CellstreamOptions.COLUMNS);
            String target = options.get(CellstreamOptions.TARGET);
            try {
                columns = Columns.parse(text, target);
            } catch (IllegalArgumentException e) {
                wrong(CellstreamOptions.COLUMNS, text + "; " + e.getMessage());
            }
        }
        Columns read = columns;
        tell(CellstreamOptions.NETWORK.key(), () -> checkNetwork(read));
        if (read != null
                && options.get(CellstreamOptions.MISSING_TARGET) == MissingTarget.FEEDBACK) {
            tell(CellstreamOptions.MISSING_TARGET.key(), read::checkFeedback);
        }
        int parallelism = options.get(CellstreamOptions.PARALLELISM);
        if (parallelism < 1 || parallelism > JobConfig.MAX_PARALLELISM) {
            wrong(CellstreamOptions.PARALLELISM, parallelism, "1 to " + JobConfig.MAX_PARALLELISM);
        }
    }

    private void checkNetwork(@Nullable Columns columns) {
        String network = options.get(CellstreamOptions.NETWORK);
        if (columns == null) {
            Network.parse(network, 1).checkSize();
        } else {
            Network parsed = Network.parse(network, columns.width());
            parsed.checkSize();
            KeyedLstm.checkInputs(columns, parsed);
        }
    }

    private void checkTiming() {
        tell(CellstreamOptions.WEIGHTS_TIMING.key(), () -> TimingConfig.from(options));
        tell(CellstreamOptions.GAPS_CADENCE.key(), () -> GapConfig.from(options));
        boolean learns = options.get(CellstreamOptions.TRAINING_ENABLED);
        boolean ownTopic = options.contains(JobOptions.TOPIC_TRAINING);
        if (ownTopic && !learns) {
            wrong(
                    JobOptions.TOPIC_TRAINING,
                    options.get(JobOptions.TOPIC_TRAINING),
                    "none where " + CellstreamOptions.TRAINING_ENABLED.key() + " is false");
        }
        if (options.get(CellstreamOptions.WEIGHTS_TIMING) == WeightTiming.EVENT_TIME) {
            if (!learns) {
                wrong(
                        CellstreamOptions.WEIGHTS_TIMING,
                        WeightTiming.EVENT_TIME,
                        "arrival where "
                                + CellstreamOptions.TRAINING_ENABLED.key()
                                + " is false, since weights from a topic take effect as they"
                                + " arrive");
            }
            if (ownTopic) {
                wrong(
                        CellstreamOptions.WEIGHTS_TIMING,
                        WeightTiming.EVENT_TIME,
                        "arrival where "
                                + JobOptions.TOPIC_TRAINING.key()
                                + " is set, since one source must feed both");
            }
        }
    }

    /** What experts need of a season, and of what the network learns. */
    private void checkExperts() {
        if (mistakes.stream().anyMatch(mistake -> ofExperts(mistake.key()))) {
            return; // said already
        }
        Configuration some = new Configuration();
        for (ConfigOption<?> option : WITH_EXPERTS) {
            copy(option, some);
        }
        tell(CellstreamOptions.EXPERTS.key(), () -> InferenceConfig.from(some));
    }

    private static boolean ofExperts(String key) {
        return WITH_EXPERTS.stream().anyMatch(option -> option.key().equals(key));
    }

    private <T> void copy(ConfigOption<T> option, Configuration to) {
        options.getOptional(option).ifPresent(value -> to.set(option, value));
    }

    private void checkRun() {
        Duration interval = options.get(JobOptions.CHECKPOINT_INTERVAL);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            wrong(JobOptions.CHECKPOINT_INTERVAL, interval.toMillis() + " ms", "at least 10 ms");
        }
        Duration timeout = options.get(JobOptions.TRANSACTION_TIMEOUT);
        boolean transactions = options.get(JobOptions.DELIVERY) == Delivery.EXACTLY_ONCE;
        if (transactions && timeout.compareTo(interval) <= 0) {
            boolean longInterval = !options.contains(JobOptions.TRANSACTION_TIMEOUT);
            wrong(
                    longInterval ? JobOptions.CHECKPOINT_INTERVAL : JobOptions.TRANSACTION_TIMEOUT,
                    (longInterval ? interval : timeout).toMillis() + " ms",
                    longInterval
                            ? "less than %s, which is %d ms"
                                    .formatted(
                                            JobOptions.TRANSACTION_TIMEOUT.key(),
                                            timeout.toMillis())
                            : "more than %s, which is %d ms, and the longest downtime"
                                    .formatted(
                                            JobOptions.CHECKPOINT_INTERVAL.key(),
                                            interval.toMillis()));
        }
        if (options.get(JobOptions.OUT_OF_ORDERNESS).isNegative()) {
            wrong(
                    JobOptions.OUT_OF_ORDERNESS,
                    options.get(JobOptions.OUT_OF_ORDERNESS).toMillis() + " ms",
                    "0 ms or more");
        }
        if (options.contains(JobOptions.IDLE_AFTER)
                && !isPositive(options.get(JobOptions.IDLE_AFTER))) {
            wrong(
                    JobOptions.IDLE_AFTER,
                    options.get(JobOptions.IDLE_AFTER).toMillis() + " ms",
                    "more than 0 ms");
        }
        int port = options.get(JobOptions.WEB_PORT);
        if (port < 0 || port > LAST_PORT) {
            wrong(JobOptions.WEB_PORT, port, "1 to " + LAST_PORT + ", or 0 for any that is free");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private void required(ConfigOption<?> option, String allowed) {
        mistakes.add(new Mistake(option.key(), option.key() + " is missing; need " + allowed));
    }

    private void wrong(ConfigOption<?> option, Object value, String allowed) {
        wrong(option, value + "; need " + allowed);
    }

    private void wrong(ConfigOption<?> option, String what) {
        mistakes.add(new Mistake(option.key(), option.key() + " is " + what));
    }

    /**
     * Runs a check that throws; its message becomes the mistake, with the key if it does not name
     * one.
     */
    private void tell(String key, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException | ArithmeticException e) { // a duration may overflow
            String message = String.valueOf(e.getMessage());
            mistakes.add(
                    new Mistake(
                            key,
                            message.startsWith("cellstream.") ? message : key + ": " + message));
        }
    }
}
