package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operators a job gets; savepoints are found again by their uids. */
class KeyedLstmGraphTest {

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final KeyedLstm<String> lstm =
            KeyedLstm.of(Types.STRING, options()).uidPrefix("prices-");

    @Test
    void hasNoOperatorsForOrdersWithoutThem() {
        lstm.forecastAndLearn(events()).forecasts().sinkTo(new DiscardingSink<>()).uid("sink");

        assertThat(uids(env.getStreamGraph()))
                .containsExactlyInAnyOrder(
                        "events",
                        "prices-trainer",
                        "prices-share-weights",
                        "prices-forecaster",
                        "sink");
    }

    @Test
    void refusesANetworkThatReadsWholeWindowsWhereAStateGoesOn() {
        Configuration options = options();
        options.set(CellstreamOptions.NETWORK, "bidirectional(gru(3)) dense(1)");

        assertThatThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "cellstream.memory.mode is stateful; need window or sequence")
                .hasMessageContaining("bidirectional(gru(3)) reads a whole window");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lstm(3) dense(4, softmax); categorical-cross-entropy; dense(4)",
                "lstm(3) dense(1, sigmoid); binary-cross-entropy; dense(1)"
            })
    void refusesAnActivationThatTheLossMakesItself(String network, String loss, String instead) {
        Configuration options = options();
        options.set(CellstreamOptions.NETWORK, network);
        options.set(CellstreamOptions.TRAINING_LOSS, loss);

        assertThatThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(loss + " makes the probabilities itself")
                .hasMessageEndingWith("end with " + instead);
    }

    @Test
    void tellsForecasterAndTrainerOfOrdersOnceEach() {
        env.setParallelism(3);
        DataStream<Control<String>> orders =
                env.fromData(Control.type(Types.STRING), Control.resetAll(5)).uid("orders");

        lstm.controlledBy(orders)
                .forecastAndLearn(events())
                .forecasts()
                .sinkTo(new DiscardingSink<>())
                .uid("sink");

        StreamGraph graph = env.getStreamGraph();
        assertThat(uids(graph))
                .containsExactlyInAnyOrder(
                        "events",
                        "orders",
                        "prices-control",
                        "prices-training-control",
                        "prices-trainer",
                        "prices-share-weights",
                        "prices-forecaster",
                        "sink");
        assertThat(graph.getStreamNodes())
                .filteredOn(
                        node -> node.getTransformationUID().matches("prices-.*(control|share).*"))
                .extracting(StreamNode::getParallelism)
                .containsExactly(1, 1, 1);
    }

    private DataStream<Event<String>> events() {
        return env.fromData(Event.type(Types.STRING), Event.of("A", 1, 2)).uid("events");
    }

    private static List<String> uids(StreamGraph graph) {
        return graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).toList();
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(2) dense(1)");
        options.set(CellstreamOptions.COLUMNS, "value");
        options.set(CellstreamOptions.TARGET, "value");
        return options;
    }
}
