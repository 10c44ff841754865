package org.cellstream.benchmarks.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.RocksDbForMemories;
import org.cellstream.benchmarks.harness.NoOpFunction;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.jobs.SkipSteppedFunction;
import org.cellstream.jobs.TopicsAtStart;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.SinkTopics;
import org.cellstream.jobs.kafka.SourceTopics;
import org.cellstream.jobs.kafka.Topics;

/**
 * The job of the command line with nothing where the LSTM was: the same source and decoder, the
 * same exchange by key, a forecast for each event, the same encoder and sinks. What only the LSTM
 * needs is left out: weights, orders, reports and late events.
 */
final class PassThroughJob {

    private PassThroughJob() {}

    static void define(StreamExecutionEnvironment env, JobConfig config) throws IOException {
        TopicsAtStart found;
        try (Topics topics = Topics.connect(config.kafka().client())) {
            found = TopicsAtStart.find(config, topics);
        }
        RocksDbForMemories.configure(env);
        env.setParallelism(config.parallelism());
        env.setMaxParallelism(JobConfig.MAX_PARALLELISM);
        env.enableCheckpointing(config.checkpoints().interval().toMillis());
        SinkTopics sinks = new SinkTopics(config.kafka());
        SingleOutputStreamOperator<Event<String>> read =
                new SourceTopics(env, config.kafka())
                        .events("events", found.events(), config.format(), config.watermarks());
        sinks.rejected(SourceTopics.rejected(read), config.topics().rejected());
        SingleOutputStreamOperator<Forecast<String>> forecasts =
                SkipSteppedFunction.skip(read)
                        .keyBy(Event::key, Types.STRING)
                        .process(new NoOpFunction<>())
                        .returns(Forecast.type(Types.STRING))
                        .name("pass-through")
                        .uid("pass-through");
        sinks.forecasts(forecasts, config.topics().forecasts());
    }
}
