package org.cellstream;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Drift;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.Shared;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Columns;
import org.cellstream.inference.ForecastingOperator;
import org.cellstream.loss.Loss;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.cellstream.state.MemoryShape;
import org.cellstream.training.ControlledTrainingOperator;
import org.cellstream.training.TrainingOperator;
import org.jspecify.annotations.Nullable;

/**
 * One shared LSTM over a keyed stream, each key with its own state: one event advances its key by
 * one time step and gives one forecast.
 *
 * <pre>{@code
 * KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
 * DataStream<Event<String>> events =
 *         lstm.events(trades, Trade::symbol, Trade::time, Map.of("price", Trade::price));
 * ForecastStreams<String> streams = lstm.forecastAndLearn(events);
 * }</pre>
 *
 * <p>Immutable; the methods that return a {@code KeyedLstm} leave this one as it is.
 */
public final class KeyedLstm<K> {

    private static final long FIRST_GENERATION = 1;
    private static final String TRAINER = "trainer";

    private final TypeInformation<K> keyType;
    private final Settings settings;
    private final Start start;
    private final @Nullable Orders<K> orders;
    private final String uidPrefix;

    private KeyedLstm(
            TypeInformation<K> keyType,
            Settings settings,
            Start start,
            @Nullable Orders<K> orders,
            String uidPrefix) {
        this.keyType = keyType;
        this.settings = settings;
        this.start = start;
        this.orders = orders;
        this.uidPrefix = uidPrefix;
    }

    private record Settings(
            MemoryShape shape, InferenceConfig inference, TrainingConfig training) {}

    /** Where nothing is restored: the weights, and the generation of a trainer's publications. */
    private record Start(WeightUpdate weights, long generation) {}

    private record Orders<K>(DataStream<Control<K>> stream, List<Control<K>> first) {}

    /**
     * A network by the options of {@link CellstreamOptions}; it starts from seeded weights, or from
     * those of a model file.
     *
     * @param keyType the Flink type of the keys
     * @throws IllegalArgumentException if an option is missing or wrong; the message names its key
     *     or its value and what is allowed
     */
    public static <K> KeyedLstm<K> of(TypeInformation<K> keyType, ReadableConfig options) {
        MemoryShape shape = shape(options);
        InferenceConfig inference = InferenceConfig.from(options);
        new LstmChecks(shape, inference).run(keyType);
        Weights weights = firstWeights(shape.network(), options);
        WeightUpdate first =
                new WeightUpdate(
                        FIRST_GENERATION,
                        0,
                        shape.network().toString(),
                        WeightUpdate.AT_ARRIVAL,
                        weights.values());
        Settings settings = new Settings(shape, inference, TrainingConfig.from(options));
        return new KeyedLstm<>(keyType, settings, new Start(first, FIRST_GENERATION), null, "");
    }

    private static Weights firstWeights(Network network, ReadableConfig options) {
        String file = options.get(CellstreamOptions.WEIGHTS_FILE);
        if (file == null) {
            return Weights.seeded(network, options.get(CellstreamOptions.SEED));
        }
        try {
            return ModelFile.weightsFor(network, Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    CellstreamOptions.WEIGHTS_FILE.key() + ": " + e.getMessage(), e);
        }
    }

    private static MemoryShape shape(ReadableConfig options) {
        Columns columns =
                Columns.parse(
                        required(options, CellstreamOptions.COLUMNS),
                        required(options, CellstreamOptions.TARGET));
        Network network = Network.parse(options.get(CellstreamOptions.NETWORK), columns.width());
        network.checkSize();
        checkInputs(columns, network);
        return new MemoryShape(network, columns);
    }

    /**
     * Checks that a network takes what columns give: an embedding reads a column of as many
     * categories, and nothing else reads such a column.
     *
     * @throws IllegalArgumentException if it does not; the message names layer and column
     */
    public static void checkInputs(Columns columns, Network network) {
        CategoryInputs.check(columns, network);
    }

    private static String required(ReadableConfig options, ConfigOption<String> option) {
        return options.getOptional(option)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        option.key() + " is missing; it has no default"));
    }

    /**
     * The same, starting from weights that were published before. Restored state comes first, where
     * there is any.
     *
     * @throws IllegalArgumentException if the weights were made for another network
     */
    public KeyedLstm<K> startingFrom(WeightUpdate newest) {
        String network = network().toString();
        if (!newest.network().equals(network)) {
            throw new IllegalArgumentException(
                    "the weights %d.%d are those of %s; this job runs %s"
                            .formatted(
                                    newest.generation(),
                                    newest.number(),
                                    newest.network(),
                                    network));
        }
        return startingAt(new Start(newest, start.generation));
    }

    /**
     * The same, for a trainer that is to publish where others have published before: one that
     * starts fresh, or that a person restored, takes the generation after theirs.
     *
     * @param highest the highest generation published so far
     */
    public KeyedLstm<K> afterGeneration(long highest) {
        return startingAt(new Start(start.weights, highest + 1));
    }

    private KeyedLstm<K> startingAt(Start other) {
        return new KeyedLstm<>(keyType, settings, other, orders, uidPrefix);
    }

    /** The same, taking orders about its memories as they come. */
    public KeyedLstm<K> controlledBy(DataStream<Control<K>> control) {
        return controlledBy(control, List.of());
    }

    /**
     * The same, taking orders about its memories. Event time does not wait for them, whatever the
     * stream's watermarks are; one key's orders stay in the stream's order.
     *
     * @param control orders as they come
     * @param first orders known from the start, as those of a topic's past that name a time. Where
     *     nothing is restored, event time waits until they have been heard, so that two runs obey
     *     them alike.
     */
    public KeyedLstm<K> controlledBy(DataStream<Control<K>> control, List<Control<K>> first) {
        Orders<K> some = new Orders<>(control, List.copyOf(first));
        return new KeyedLstm<>(keyType, settings, start, some, uidPrefix);
    }

    /** The same with {@code prefix} before every uid, for a job with more than one network. */
    public KeyedLstm<K> uidPrefix(String prefix) {
        return new KeyedLstm<>(keyType, settings, start, orders, prefix);
    }

    /** The columns that this network reads. */
    public Columns columns() {
        return settings.shape().columns();
    }

    /** The network. */
    public Network network() {
        return settings.shape().network();
    }

    /** What the numbers of {@link Forecast#values} are, in their order: {@code mean, scale}. */
    public List<String> valueNames() {
        return Loss.of(settings.inference().loss()).names(network().outputs());
    }

    /** The Flink type of the events. */
    public TypeInformation<Event<K>> eventType() {
        return Event.type(keyType);
    }

    /**
     * Reads a user's own events.
     *
     * @param numbers how each field of the columns is read, by its name; NaN where an event has
     *     none
     * @throws IllegalArgumentException if a field that the columns read is missing
     */
    public <T> DataStream<Event<K>> events(
            DataStream<T> stream,
            KeySelector<T, K> key,
            TimeReader<T> time,
            Map<String, NumberReader<T>> numbers) {
        List<String> fields = columns().fields();
        if (!numbers.keySet().containsAll(fields)) {
            throw new IllegalArgumentException(
                    "the columns read the fields %s; there are readers for %s only"
                            .formatted(fields, numbers.keySet()));
        }
        List<NumberReader<T>> readers = fields.stream().map(numbers::get).toList();
        return stream.map(new ReadEventFunction<>(key, time, readers))
                .returns(eventType())
                .name("read-event")
                .uid(uidPrefix + "read-event");
    }

    /**
     * Forecasts and learns from the same events: the label of an event is the target of that key's
     * next event.
     */
    public ForecastStreams<K> forecastAndLearn(DataStream<Event<K>> events) {
        return forecast(events, learn(events));
    }

    /**
     * Forecasts with weights that come from elsewhere.
     *
     * @param weights updates, as {@link #learn} gives them
     */
    public ForecastStreams<K> forecast(
            DataStream<Event<K>> events, DataStream<WeightUpdate> weights) {
        DataStream<Event<K>> all = events;
        DataStream<Shared<K>> shared = shared(weights);
        if (orders != null) {
            SingleOutputStreamOperator<Event<K>> told =
                    told(orders, ControlOperator.Consumer.FORECASTER, "control");
            all = all.union(told);
            shared = shared.union(told.getSideOutput(ControlOperator.shared(keyType)));
        }
        SingleOutputStreamOperator<Forecast<K>> forecasts =
                keyed(all)
                        .connect(shared.broadcast())
                        .transform(
                                "forecaster",
                                Forecast.type(keyType),
                                new ForecastingOperator<>(
                                        settings.shape(),
                                        settings.inference(),
                                        start.weights,
                                        keyType))
                        .uid(uidPrefix + "forecaster");
        return new ForecastStreams<>(
                forecasts,
                forecasts.getSideOutput(ForecastingOperator.late(eventType())),
                forecasts.getSideOutput(ForecastingOperator.rejected()),
                forecasts.getSideOutput(ForecastingOperator.reports(keyType)),
                weights);
    }

    /** Weights as the forecaster takes them, in their order. */
    private DataStream<Shared<K>> shared(DataStream<WeightUpdate> weights) {
        return weights.map(update -> Shared.<K>of(update))
                .returns(Shared.type(keyType))
                .name("share-weights")
                .uid(uidPrefix + "share-weights")
                .setParallelism(weights.getParallelism());
    }

    private SingleOutputStreamOperator<Event<K>> told(
            Orders<K> some, ControlOperator.Consumer consumer, String name) {
        DataStream<Control<K>> stream = some.stream();
        TypeSerializer<Control<K>> serializer =
                Control.type(keyType)
                        .createSerializer(stream.getExecutionConfig().getSerializerConfig());
        return stream.transform(
                        name,
                        eventType(),
                        ControlOperator.of(keyType, some.first(), serializer, consumer))
                .uid(uidPrefix + name)
                .setParallelism(1);
    }

    /**
     * Learns from a training stream; its side output {@link #rejected} holds what it could not
     * take, {@link #drifts} where the stream changed.
     */
    public SingleOutputStreamOperator<WeightUpdate> learn(DataStream<Event<K>> training) {
        settings.training().checkLabels();
        return (orders == null ? trainer(training) : controlledTrainer(training, orders))
                .uid(uidPrefix + "trainer")
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<WeightUpdate> trainer(DataStream<Event<K>> training) {
        return keyed(training)
                .transform(
                        TRAINER,
                        WeightUpdate.type(),
                        new TrainingOperator<>(
                                settings.shape(),
                                settings.training(),
                                start.weights,
                                start.generation,
                                keyType));
    }

    private SingleOutputStreamOperator<WeightUpdate> controlledTrainer(
            DataStream<Event<K>> training, Orders<K> some) {
        SingleOutputStreamOperator<Event<K>> told =
                told(some, ControlOperator.Consumer.TRAINER, "training-control");
        return keyed(training.union(told))
                .connect(told.getSideOutput(ControlOperator.shared(keyType)))
                .transform(
                        TRAINER,
                        WeightUpdate.type(),
                        new ControlledTrainingOperator<>(
                                settings.shape(),
                                settings.training(),
                                start.weights,
                                start.generation,
                                keyType));
    }

    /** Where the trainer found that the stream had changed. */
    public static DataStream<Drift> drifts(SingleOutputStreamOperator<WeightUpdate> learned) {
        return learned.getSideOutput(TrainingOperator.drifts());
    }

    /** What the trainer rejected of a training stream of its own. */
    public static DataStream<Rejected> rejected(SingleOutputStreamOperator<WeightUpdate> learned) {
        return learned.getSideOutput(TrainingOperator.rejected());
    }

    private KeyedStream<Event<K>, K> keyed(DataStream<Event<K>> events) {
        return events.keyBy(Event::key, keyType);
    }
}
