package org.cellstream.benchmarks.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.cellstream.KeyedLstm;
import org.cellstream.RocksDbForMemories;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Lstm;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.KeyMemorySerializer;
import org.cellstream.state.MemoryShape;

/**
 * A job from an in-memory source to a discarding sink, in each of its forms; all else is the same.
 */
final class JobDefinition {

    static final String EVENTS = "events";
    static final String TRAINING = "training";
    static final String WEIGHTS = "weights";

    private static final int MAX_PARALLELISM = 720;

    /** A job whose source runs at a rate that leaves buffers unfilled sends them after so long. */
    private static final int BUFFER_MILLIS = 1;

    private final StreamExecutionEnvironment env;
    private final JobSpec spec;
    private final KeyedLstm<Long> lstm;

    private JobDefinition(StreamExecutionEnvironment env, JobSpec spec) {
        this.env = env;
        this.spec = spec;
        this.lstm = KeyedLstm.of(Types.LONG, options(spec));
    }

    /** Puts the job together. */
    static void define(StreamExecutionEnvironment env, JobSpec spec) throws IOException {
        RocksDbForMemories.configure(env);
        env.setParallelism(spec.parallelism());
        env.setMaxParallelism(MAX_PARALLELISM);
        long interval = spec.checkpointMillis();
        env.enableCheckpointing(interval == 0 ? Duration.ofDays(1).toMillis() : interval);
        env.getCheckpointConfig().setCheckpointTimeout(Duration.ofMinutes(10).toMillis());
        env.setBufferTimeout(BUFFER_MILLIS);
        new JobDefinition(env, spec).define();
    }

    private static Configuration options(JobSpec spec) {
        String columns =
                IntStream.range(0, JobSpec.INPUTS)
                        .mapToObj(i -> "x" + i + " = x" + i)
                        .collect(Collectors.joining(", "));
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, spec.network());
        options.set(CellstreamOptions.EXPERTS, "none"); // what it is compared with has none
        options.set(CellstreamOptions.INTERVAL_COVERAGE, 0.0);
        options.set(CellstreamOptions.COLUMNS, columns);
        options.set(CellstreamOptions.TARGET, "x0");
        options.set(CellstreamOptions.BATCH_MAX_ROWS, spec.batchRows());
        return options;
    }

    private void define() throws IOException {
        DataStream<Event<Long>> events = source(EVENTS, new EventItems(), lstm.eventType());
        SingleOutputStreamOperator<Forecast<Long>> forecasts =
                switch (spec.form()) {
                    case NO_OP -> keyed(events, new NoOpFunction<>());
                    case PLAIN_STATE -> keyed(events, new PlainStateFunction(stateBytes()));
                    case OURS -> lstm.forecast(events, weights()).forecasts();
                    case DL4J -> keyed(events, dl4j(hidden()));
                    case ONNX_RUNTIME -> keyed(events, onnx(spec.network(), hidden()));
                };
        forecasts
                .filter(new MeasureFunction())
                .name("measure")
                .uid("measure")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
    }

    private static PeerFunction dl4j(int hidden) {
        return new PeerFunction(() -> new Dl4jCell(JobSpec.INPUTS, hidden), hidden);
    }

    private static PeerFunction onnx(String network, int hidden) {
        return new PeerFunction(() -> new OnnxCell(network, JobSpec.INPUTS, hidden), hidden);
    }

    private <T> SingleOutputStreamOperator<T> source(
            String name, Items<T> items, TypeInformation<T> type) {
        return env.fromSource(
                        new InMemorySource<>(name, items),
                        WatermarkStrategy.noWatermarks(),
                        name,
                        type)
                .uid(name);
    }

    private SingleOutputStreamOperator<Forecast<Long>> keyed(
            DataStream<Event<Long>> events,
            KeyedProcessFunction<Long, Event<Long>, Forecast<Long>> function) {
        return events.keyBy(Event::key, Types.LONG)
                .process(function)
                .returns(Forecast.type(Types.LONG))
                .name("operator")
                .uid("operator");
    }

    private DataStream<WeightUpdate> weights() {
        if (spec.training()) {
            return lstm.learn(source(TRAINING, new EventItems(), lstm.eventType()));
        }
        return PublishedWeights.stream(env, lstm.network());
    }

    private int hidden() {
        Layer first = lstm.network().layers().get(0);
        if (first instanceof Lstm layer && lstm.network().stateSize() == 2 * layer.units()) {
            return layer.units();
        }
        throw new IllegalArgumentException(
                "%s is no single LSTM; peers run nothing else".formatted(spec.network()));
    }

    /** Bytes of the memory of a key that has had an event. */
    private int stateBytes() throws IOException {
        MemoryShape shape = new MemoryShape(lstm.network(), lstm.columns());
        StandardisationConfig standardisation = StandardisationConfig.from(options(spec));
        KeyMemory memory = new Intake(shape, standardisation).newMemory();
        memory.keepForecast(new double[1]);
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        KeyMemorySerializer.of(shape).serialize(memory, bytes);
        return bytes.length() - Integer.BYTES; // its length, which an array of bytes has too
    }
}
