package org.cellstream.jobs.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.ForecastStreams;
import org.cellstream.KeyedLstm;
import org.cellstream.RocksDbForMemories;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.SkipSteppedFunction;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.DecodedRecord;
import org.cellstream.jobs.kafka.SourceTopics;
import org.cellstream.jobs.kafka.SplitDecodedFunction;

/**
 * The forecaster of a job, and its trainer where it learns, over the rows of a file. The trainer
 * sees no row: the weights stay as they are, and it goes on from them in the job.
 */
final class BootstrapJob {

    /** Longest that writing the savepoint may take. */
    private static final Duration SAVEPOINT_TIMEOUT = Duration.ofHours(12);

    private final JobConfig config;
    private final KeyedLstm<String> lstm;
    private final long lastTime;

    /**
     * @param lstm starting from the weights of the bootstrap
     * @param lastTime last event time of the file, epoch milliseconds
     */
    BootstrapJob(JobConfig config, KeyedLstm<String> lstm, long lastTime) {
        this.config = config;
        this.lstm = lstm;
        this.lastTime = lastTime;
    }

    @SuppressWarnings("deprecation") // a source of the new kind has state
    void define(StreamExecutionEnvironment env, Path csv) {
        configure(env);
        SingleOutputStreamOperator<Event<String>> read =
                env.addSource(new CsvRows(csv, config, lastTime), "csv-rows", DecodedRecord.type())
                        .uid("csv-rows")
                        .setParallelism(1)
                        .process(new SplitDecodedFunction())
                        .returns(Event.type(Types.STRING))
                        .name("split-rows")
                        .uid("split-rows")
                        .setParallelism(1);
        DataStream<Event<String>> events = SkipSteppedFunction.note(read, lastTime);
        DataStream<WeightUpdate> weights = weights(events);
        ForecastStreams<String> streams = lstm.forecast(events, weights);
        outcome(streams.forecasts().filter(f -> !f.correction()), Outcome.FORECAST)
                .union(
                        outcome(streams.late(), Outcome.LATE),
                        outcome(streams.rejected(), Outcome.REJECTED),
                        outcome(SourceTopics.rejected(read), Outcome.REJECTED),
                        // A savepoint needs all tasks: no end before the trainer has begun.
                        nothing(weights, TypeInformation.of(Outcome.class), "no-outcome"))
                .transform("count-outcomes", Types.VOID, new OutcomeCount(lastTime))
                .uid("count-outcomes")
                .setParallelism(1);
    }

    private void configure(StreamExecutionEnvironment env) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none"); // else rows came twice
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, SAVEPOINT_TIMEOUT);
        env.configure(settings);
        RocksDbForMemories.configure(env);
        env.setParallelism(config.parallelism());
        env.setMaxParallelism(JobConfig.MAX_PARALLELISM);
    }

    /** New weights, of which there are none. */
    private DataStream<WeightUpdate> weights(DataStream<Event<String>> events) {
        if (config.learns()) {
            return lstm.learn(nothing(events, Event.type(Types.STRING), "no-training"));
        }
        return nothing(events, WeightUpdate.type(), "no-weights");
    }

    /** The watermarks of a stream alone. */
    private static <T> DataStream<T> nothing(
            DataStream<?> stream, TypeInformation<T> type, String name) {
        return stream.<T>flatMap((record, out) -> {})
                .returns(type)
                .name(name)
                .uid(name)
                .setParallelism(1);
    }

    private static DataStream<Outcome> outcome(DataStream<?> rows, Outcome outcome) {
        return rows.map(row -> outcome).returns(TypeInformation.of(Outcome.class));
    }
}
