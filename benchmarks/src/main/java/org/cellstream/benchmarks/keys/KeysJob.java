package org.cellstream.benchmarks.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.cellstream.KeyedLstm;
import org.cellstream.RocksDbForMemories;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.KeyMemorySerializer;
import org.cellstream.state.MemoryShape;

/**
 * A job that forecasts in-memory events of many keys, or only reads and writes as many bytes for
 * each. Its sources, tally and settings are the same in both forms.
 *
 * <p>Arguments: {@code lstm} or {@code plain}, the number of keys, the resident size, and how many
 * events are released at the start and after each checkpoint, as {@code 1000,10,10}.
 */
public final class KeysJob {

    /** The name of the operator that does the work, in both forms. */
    static final String LSTM = "forecaster";

    static final String PLAIN = "read-and-write";

    private static final int PARALLELISM = 2;
    private static final int MAX_PARALLELISM = 720;
    private static final Duration LONGEST_CHECKPOINT = Duration.ofMinutes(20);

    private KeysJob() {}

    /** Runs the job on the cluster that it is submitted to. */
    public static void main(String[] args) throws Exception {
        boolean plain = args[0].equals("plain");
        long keys = Long.parseLong(args[1]);
        long[] released =
                Pattern.compile(",").splitAsStream(args[3]).mapToLong(Long::parseLong).toArray();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true); // as the job of the command line
        env.configure(settings);
        RocksDbForMemories.configure(env);
        env.setParallelism(PARALLELISM);
        env.setMaxParallelism(MAX_PARALLELISM);
        // Flink makes one checkpoint when the job starts; the command asks for all others.
        env.enableCheckpointing(Duration.ofDays(1).toMillis());
        env.getCheckpointConfig().setCheckpointTimeout(LONGEST_CHECKPOINT.toMillis());
        KeyedLstm<Long> lstm = KeyedLstm.of(Types.LONG, options(args[2]));
        DataStream<Event<Long>> events =
                numbers(env, "events", released)
                        .map(new EventOfIndexFunction(keys, KeysSettings.EVENTS_OF_KEY))
                        .returns(lstm.eventType())
                        .uid("event-of-index")
                        .setParallelism(1);
        if (plain) {
            end(
                    events.keyBy(Event::key, Types.LONG)
                            .process(new ReadAndWriteFunction(stateBytes(options(args[2]))))
                            .name(PLAIN)
                            .uid(PLAIN)
                            .returns(Types.LONG));
        } else {
            end(lstm.forecast(events, noWeights(env)).forecasts());
        }
        env.execute(plain ? "plain" : "lstm");
    }

    private static Configuration options(String residentSize) {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(32) dense(1)");
        options.set(CellstreamOptions.EXPERTS, "none"); // the network alone is measured
        options.set(CellstreamOptions.INTERVAL_COVERAGE, 0.0);
        options.set(CellstreamOptions.COLUMNS, "value = value, size = size | log1p");
        options.set(CellstreamOptions.TARGET, "value");
        options.setString(CellstreamOptions.MEMORY_RESIDENT_SIZE.key(), residentSize);
        return options;
    }

    private static SingleOutputStreamOperator<Long> numbers(
            StreamExecutionEnvironment env, String name, long... stages) {
        return env.fromSource(new StagedSource(stages), WatermarkStrategy.noWatermarks(), name)
                .uid(name)
                .setParallelism(1);
    }

    /** The seeded weights serve; no others come. */
    private static DataStream<WeightUpdate> noWeights(StreamExecutionEnvironment env) {
        return numbers(env, "weights", 0)
                .map(number -> KeysJob.unexpected(number))
                .returns(WeightUpdate.type())
                .uid("no-weights")
                .setParallelism(1);
    }

    private static WeightUpdate unexpected(long number) {
        throw new IllegalStateException("asked for weights of " + number + "; none are released");
    }

    private static <T> void end(DataStream<T> results) {
        results.filter(new TallyFilter<>())
                .name(TallyFilter.NAME)
                .uid(TallyFilter.NAME)
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
    }

    /** Bytes of the memory of a key that has had an event. */
    static int stateBytes(Configuration options) throws IOException {
        KeyedLstm<Long> lstm = KeyedLstm.of(Types.LONG, options);
        MemoryShape shape = new MemoryShape(lstm.network(), lstm.columns());
        KeyMemory memory = new Intake(shape, StandardisationConfig.from(options)).newMemory();
        memory.keepForecast(new double[1]);
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        KeyMemorySerializer.of(shape).serialize(memory, bytes);
        return bytes.length() - Integer.BYTES; // its length, which an array of bytes has too
    }
}
