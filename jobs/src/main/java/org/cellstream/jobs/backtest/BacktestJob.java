package org.cellstream.jobs.backtest;

import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.Types;
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
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.DecodedRecord;
import org.cellstream.jobs.kafka.SourceTopics;
import org.cellstream.jobs.kafka.SplitDecodedFunction;

/** The operators of a live job over the rows of a file, as far as a time. */
final class BacktestJob {

    /** What counts late events. */
    static final String LATE = "late";

    /** What counts rejected ones, with their cause behind it. */
    static final String REJECTED = "rejected-";

    private final JobConfig config;

    BacktestJob(JobConfig config) {
        this.config = config;
    }

    /**
     * Puts the job together.
     *
     * @param source of the rows
     * @param folder where the forecasts go
     */
    @SuppressWarnings("deprecation") // see FileRows
    void define(StreamExecutionEnvironment env, FileRows source, Path folder) {
        configure(env);
        SingleOutputStreamOperator<Event<String>> read =
                env.addSource(source, "file-rows", DecodedRecord.type())
                        .uid("file-rows")
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(
                                config.watermarks().strategy("file-rows", false))
                        .uid("watermarks")
                        .setParallelism(1)
                        .process(new SplitDecodedFunction())
                        .returns(Event.type(Types.STRING))
                        .name("split-rows")
                        .uid("split-rows")
                        .setParallelism(1);
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, config.options());
        ForecastStreams<String> streams =
                config.learns()
                        ? lstm.forecastAndLearn(read)
                        : lstm.forecast(read, noWeights(read));
        streams.forecasts()
                .transform(
                        "write-forecasts",
                        Types.VOID,
                        new WriteForecasts(folder, BacktestOptions.point(config.options())))
                .uid("write-forecasts");
        causes(SourceTopics.rejected(read))
                .union(
                        causes(streams.rejected()),
                        streams.late().map(late -> LATE).returns(Types.STRING))
                .transform("count-rows", Types.VOID, new CountRows())
                .uid("count-rows")
                .setParallelism(1);
    }

    private void configure(StreamExecutionEnvironment env) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none"); // else rows came twice
        env.configure(settings);
        RocksDbForMemories.configure(env);
        env.setParallelism(config.parallelism());
        env.setMaxParallelism(JobConfig.MAX_PARALLELISM);
    }

    /** New weights, of which there are none. */
    private static DataStream<WeightUpdate> noWeights(DataStream<Event<String>> events) {
        return events.<WeightUpdate>flatMap((event, out) -> {})
                .returns(WeightUpdate.type())
                .name("no-weights")
                .uid("no-weights")
                .setParallelism(1);
    }

    private static DataStream<String> causes(DataStream<Rejected> rejected) {
        return rejected.map(one -> REJECTED + one.cause()).returns(Types.STRING);
    }
}
