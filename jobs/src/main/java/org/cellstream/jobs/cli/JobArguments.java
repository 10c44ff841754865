package org.cellstream.jobs.cli;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.NamedOptions;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.replay.WideColumns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Arguments of every command that runs the job on the user's own columns. */
final class JobArguments {

    /** The arguments of those options that have one. */
    private static final Map<String, String> ARGUMENTS =
            Map.ofEntries(
                    entry(CellstreamOptions.COLUMNS.key(), "--columns"),
                    entry(CellstreamOptions.TARGET.key(), "--target"),
                    entry(JobOptions.KEY.key(), "--key"),
                    entry(JobOptions.TIME.key(), "--time"),
                    entry(CellstreamOptions.NETWORK.key(), "--network"),
                    entry(CellstreamOptions.SEASON.key(), "--season"),
                    entry(CellstreamOptions.SEED.key(), "--seed"),
                    entry(CellstreamOptions.WEIGHTS_FILE.key(), "--weights"),
                    entry(CellstreamOptions.TRAINING_ENABLED.key(), "--no-training"),
                    entry(CellstreamOptions.PARALLELISM.key(), "--parallelism"),
                    entry(JobOptions.DELIVERY.key(), "--delivery"));

    private static final Pattern KEY = Pattern.compile("(?<!-D )cellstream(\\.[a-z-]+)+");

    @Option(
            names = "--columns",
            required = true,
            paramLabel = "COLUMNS",
            description = {
                "Inputs of the network, separated by commas: name=source|transform|transform.",
                "A source is a field or a ratio A/B; transforms: log, log1p, sqrt, diff, lag(n),"
                        + " abs, clip(a,b)."
            })
    private String columns = "";

    @Option(
            names = "--target",
            required = true,
            paramLabel = "NAME",
            description = "The column that is forecast, one event ahead.")
    private String target = "";

    @Option(
            names = "--key",
            paramLabel = "FIELD",
            description =
                    "Field that says whose event it is. Without, all events have the one key"
                            + " \"all\".")
    private @Nullable String key;

    @Option(
            names = "--wide",
            split = ",",
            paramLabel = "COLUMN",
            description = {
                "Columns of the file, separated by commas, that are keys: each row becomes one row"
                        + " for each of them,",
                "with its name as the key and its cell in the column \"value\"."
            })
    private List<String> wide = new ArrayList<>();

    @Option(
            names = "--time",
            required = true,
            paramLabel = "FIELD",
            description = "Field with the event's time: ISO 8601 or epoch milliseconds.")
    private String time = "";

    @Option(
            names = "--network",
            paramLabel = "LAYERS",
            description =
                    "Layers of the network, bottom first. Default: \"lstm(64) skip dense(1)\".")
    private @Nullable String network;

    @Option(
            names = "--season",
            paramLabel = "N",
            description =
                    "Events after which a key's targets repeat themselves. Default: no season.")
    private @Nullable Integer season;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the first weights. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Model file, safetensors, with the first weights. Without: seeded ones.")
    private @Nullable String weights;

    @Option(
            names = "--no-training",
            description = "Forecast with the first weights; learn nothing.")
    private boolean noTraining;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of every operator but the trainer. Default: 2.")
    private @Nullable Integer parallelism;

    @Option(
            names = "--delivery",
            paramLabel = "HOW",
            defaultValue = "exactly-once",
            converter = DeliveryConverter.class,
            description = "exactly-once or at-least-once. Default: ${DEFAULT-VALUE}.")
    private Delivery delivery = Delivery.EXACTLY_ONCE;

    @Option(
            names = "-D",
            paramLabel = "OPTION=VALUE",
            description = {
                "Any other option of the job, as -D cellstream.memory.mode=window; again for each.",
                "The README lists them."
            })
    private Map<String, String> named = new LinkedHashMap<>();

    /** Columns of the file that are keys; mostly none. */
    List<String> wide() {
        return wide.stream().map(String::strip).toList();
    }

    /**
     * The arguments as options of the job; what was not given keeps the option's default.
     *
     * @throws org.cellstream.jobs.config.WrongConfigException if an option that was given by its
     *     name is none, or has an argument of its own
     */
    Configuration toConfiguration() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.COLUMNS, columns);
        options.set(CellstreamOptions.TARGET, target);
        options.set(JobOptions.TIME, time);
        options.set(JobOptions.DELIVERY, delivery);
        options.set(CellstreamOptions.TRAINING_ENABLED, !noTraining);
        if (key != null && !wide.isEmpty()) {
            throw new WrongConfigException(
                    "the options",
                    List.of(
                            new Mistake(
                                    JobOptions.KEY.key(),
                                    "--key is %s beside --wide; need one of them".formatted(key))));
        }
        if (key != null || !wide.isEmpty()) {
            options.set(JobOptions.KEY, key == null ? WideColumns.KEY : key);
        }
        if (network != null) {
            options.set(CellstreamOptions.NETWORK, network);
        }
        if (season != null) {
            options.set(CellstreamOptions.SEASON, season);
        }
        if (seed != null) {
            options.set(CellstreamOptions.SEED, seed);
        }
        if (weights != null) {
            options.set(CellstreamOptions.WEIGHTS_FILE, weights);
        }
        if (parallelism != null) {
            options.set(CellstreamOptions.PARALLELISM, parallelism);
        }
        NamedOptions.add(named, ARGUMENTS, options);
        return options;
    }

    /** A message about options with the names that they have as arguments. */
    static String named(String message) {
        Matcher keys = KEY.matcher(message);
        return keys.replaceAll(key -> ARGUMENTS.getOrDefault(key.group(), key.group()));
    }

    /** Takes the words that configuration files use. */
    static final class DeliveryConverter implements ITypeConverter<Delivery> {

        @Override
        public Delivery convert(String word) {
            for (Delivery delivery : Delivery.values()) {
                if (delivery.toString().equals(word)) {
                    return delivery;
                }
            }
            throw new TypeConversionException(
                    "\"" + word + "\" is neither exactly-once nor at-least-once");
        }
    }
}
