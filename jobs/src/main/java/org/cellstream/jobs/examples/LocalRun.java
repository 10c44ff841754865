package org.cellstream.jobs.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.cellstream.KeyedLstm;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.Folders;

/** Runs a bounded stream through a network, on a Flink inside this process. */
final class LocalRun implements AutoCloseable {

    private final Path folder;

    LocalRun() throws IOException {
        folder = Files.createTempDirectory("cellstream-example");
    }

    /** What an event led to, in the order of the events; they must all be accepted. */
    List<Forecast<String>> forecastAndLearn(ExampleNetwork network, List<Event<String>> events)
            throws Exception {
        StreamExecutionEnvironment env = environment();
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, network.configuration());
        return all(lstm.forecastAndLearn(stream(env, lstm, events)).forecasts(), events.size());
    }

    /** The weights that a network has once it has learned from all events. */
    WeightUpdate learn(ExampleNetwork network, List<Event<String>> events) throws Exception {
        StreamExecutionEnvironment env = environment();
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, network.configuration());
        List<WeightUpdate> learned = collect(lstm.learn(stream(env, lstm, events)));
        if (learned.isEmpty()) {
            throw new IllegalStateException(network.title() + " has learned nothing");
        }
        return learned.get(learned.size() - 1);
    }

    /** Forecasts with weights that stay what they are, in the order of the events. */
    List<Forecast<String>> forecast(
            ExampleNetwork network, WeightUpdate weights, List<Event<String>> events)
            throws Exception {
        StreamExecutionEnvironment env = environment();
        KeyedLstm<String> lstm =
                KeyedLstm.of(Types.STRING, network.configuration()).startingFrom(weights);
        DataStream<WeightUpdate> none =
                env.fromData(WeightUpdate.type(), weights).filter(update -> false).uid("none");
        // Where only the end of a sequence gets a forecast, only those count.
        long expected =
                network.configuration().get(CellstreamOptions.SEQUENCE_OUTPUT) == SequenceOutput.END
                        ? events.stream().filter(event -> event.marks().ends()).count()
                        : events.size();
        return all(lstm.forecast(stream(env, lstm, events), none).forecasts(), expected);
    }

    private StreamExecutionEnvironment environment() throws IOException {
        StreamExecutionEnvironment env =
                new EmbeddedFlink(folder.resolve("temporary"), folder.resolve("checkpoints"))
                        .environment();
        return env.setParallelism(1);
    }

    private static DataStream<Event<String>> stream(
            StreamExecutionEnvironment env, KeyedLstm<String> lstm, List<Event<String>> events) {
        return env.fromData(events, lstm.eventType())
                .uid("events")
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Event<String>>forGenerator(context -> new EachEvent())
                                .withTimestampAssigner((event, before) -> event.time()))
                .uid("watermarks");
    }

    /** The events come in the order of their times, so none is older than the last. */
    private static final class EachEvent implements WatermarkGenerator<Event<String>> {

        @Override
        public void onEvent(Event<String> event, long time, WatermarkOutput output) {
            output.emitWatermark(new Watermark(time - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Each event has said what there is to say.
        }
    }

    private static List<Forecast<String>> all(DataStream<Forecast<String>> forecasts, long expected)
            throws Exception {
        List<Forecast<String>> all = collect(forecasts);
        if (all.size() != expected) {
            throw new IllegalStateException(
                    "%d events led to %d forecasts; some were rejected"
                            .formatted(expected, all.size()));
        }
        return all;
    }

    /** Runs the job to its end. */
    @SuppressWarnings("try") // closing may be interrupted, which ends the example as it should
    private static <T> List<T> collect(DataStream<T> results) throws Exception {
        List<T> all = new ArrayList<>();
        try (CloseableIterator<T> each = results.executeAndCollect("example")) {
            each.forEachRemaining(all::add);
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
