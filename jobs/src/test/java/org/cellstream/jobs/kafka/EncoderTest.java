package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderTest {

    @Test
    void writesForecastsUnderTheKeyOfTheirEvent() {
        Forecast<String> forecast =
                new Forecast<>(
                        "Zürich",
                        5,
                        7,
                        new double[] {-0.0025, 3},
                        new double[0],
                        2,
                        9,
                        false,
                        6,
                        0.1,
                        -1e-9,
                        false);

        ProducerRecord<byte[], byte[]> record = new ForecastEncoder("forecasts").encode(forecast);

        assertThat(record.topic()).isEqualTo("forecasts");
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("Zürich");
        assertThat(record.timestamp()).isNull();
        assertThat(text(record))
                .isEqualTo(
                        "{'key':'Zürich','time':5,'step':7,'values':[-0.0025,3.0],'weightsGeneration':2,"
                                + "'weightsNumber':9,'cold':false,'stepsSinceReset':6,'error':0.1,"
                                + "'persistenceError':-1.0E-9,'spoke':'network','share':1.0}");
    }

    @Test
    void writesNullForUnknownErrorsAndTheRestIfThereIsAny() {
        Forecast<String> forecast =
                new Forecast<>(
                        "A",
                        5,
                        1,
                        new double[] {1},
                        new double[] {2.5},
                        0,
                        0,
                        true,
                        1,
                        Double.NaN,
                        Double.NaN,
                        true);

        String json = text(new ForecastEncoder("forecasts").encode(forecast));

        assertThat(json)
                .endsWith(
                        "'cold':true,'stepsSinceReset':1,'error':null,'persistenceError':null,'rawValues':[2.5],'correction':true,'spoke':'network','share':1.0}");
    }

    @Test
    void writesWhoSpokeWithTheIntervalAndWhatExpertsSaid() {
        Forecast<String> forecast =
                new Forecast<>(
                        "A",
                        5,
                        1,
                        new double[] {1},
                        new double[0],
                        0,
                        0,
                        false,
                        1,
                        0.5,
                        0.25,
                        false,
                        -0.5,
                        2.5,
                        0.125,
                        "ar",
                        0.75,
                        new double[] {3, Double.NaN});

        String json = text(new ForecastEncoder("forecasts").encode(forecast));

        assertThat(json)
                .endsWith(
                        "'persistenceError':0.25,'low':-0.5,'high':2.5,'anomaly':0.125,"
                                + "'spoke':'ar','share':0.75,'experts':[3.0,null]}");
    }

    @Test
    void writesLateEventsWithTheUsersFieldNames() {
        EventFormat format = new EventFormat("Name", "Date", List.of("High", "Low"));
        Event<String> event = new Event<>("A", 1_360_281_600_000L, new double[] {1.5, 2}, 3, 42);

        ProducerRecord<byte[], byte[]> record = new LateEncoder("late", format).encode(event);

        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("A");
        assertThat(text(record))
                .isEqualTo(
                        "{'Name':'A','Date':1360281600000,'High':1.5,'Low':2.0,'partition':3,'offset':42}");
    }

    static Stream<Marks> marks() {
        return Stream.of(
                Marks.NONE,
                Marks.NONE.start().labelled(0.1),
                Marks.NONE.end().weighing(0),
                Marks.NONE.start().end().labelled(-3).weighing(2.5),
                Marks.NONE.mask().labelled(4));
    }

    @ParameterizedTest
    @MethodSource("marks")
    void lateEventSaysWhatItSaidWhenItCame(Marks marks) throws Exception {
        EventFormat format =
                new EventFormat(
                        "k", "t", List.of("v"), List.of(), new MarkNames("b", "l", "w", "m"));
        Event<String> event = new Event<>("A", 5, new double[] {1.5}, 3, 42).marked(marks);

        ProducerRecord<byte[], byte[]> late = new LateEncoder("late", format).encode(event);

        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>("late", 3, 42, late.key(), late.value());
        assertThat(new EventDecoder(format).decode(read).event().marks()).isEqualTo(marks);
    }

    @Test
    void writesNoFieldOfALateEventTwice() {
        EventFormat format = new EventFormat(null, "t", List.of("t", "offset"));
        Event<String> event = new Event<>("all", 5, new double[] {5, 8}, 3, 42);

        String json = text(new LateEncoder("late", format).encode(event));

        assertThat(json).isEqualTo("{'key':'all','t':5,'offset':8.0,'partition':3}");
    }

    @Test
    void writesRejectionsWithTheRecordInBase64() {
        Rejected rejected =
                new Rejected(
                        "field \"High\" is \"x\"",
                        Rejected.Cause.NOT_A_NUMBER,
                        "High",
                        "x",
                        "events",
                        3,
                        42,
                        new byte[] {0, -1, 'a'});

        ProducerRecord<byte[], byte[]> record = new RejectedEncoder("rejected").encode(rejected);

        assertThat(text(record))
                .isEqualTo(
                        "{'reason':'field \\'High\\' is"
                                + " \\'x\\'','field':'High','value':'x','topic':'events',"
                                + "'partition':3,'offset':42,'raw':'AP9h'}");
        assertThat(record.headers().lastHeader("cause").value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("NOT_A_NUMBER");
    }

    @Test
    void leavesOutRecordsThatKafkaWouldNotTakeBack() {
        Rejected rejected =
                new Rejected(
                        "huge",
                        Rejected.Cause.MALFORMED,
                        null,
                        null,
                        "events",
                        3,
                        42,
                        new byte[1_000_000]);

        String json = text(new RejectedEncoder("rejected").encode(rejected));

        assertThat(json)
                .isEqualTo(
                        "{'reason':'huge','field':null,'value':null,'topic':'events','partition':3,'offset':42,'raw':null}");
    }

    @Test
    void namesTheTopicOfEventsThatWereRejectedAfterDecoding() {
        Rejected rejected =
                new Rejected(
                        "log of 0", Rejected.Cause.TRANSFORM, "High", "0.0", null, 3, 42, null);
        Rejected order =
                new Rejected("no layer", Rejected.Cause.CONTROL, null, null, null, 0, 7, null);

        NameTopicFunction function = new NameTopicFunction("ticks", "control");

        Rejected named = function.map(rejected);

        assertThat(named.topic()).isEqualTo("ticks");
        assertThat(function.map(order).topic()).isEqualTo("control");
        assertThat(text(new RejectedEncoder("rejected").encode(named)))
                .contains("'topic':'ticks','partition':3,'offset':42,'raw':null");
    }

    @Test
    void writesReportsWithTheirLayersInOrder() {
        StateReport<String> report =
                new StateReport<>(
                        "Zürich",
                        5,
                        7,
                        6,
                        2,
                        9,
                        3,
                        42,
                        Map.of(
                                "lstm_1",
                                new float[] {0.1f, 1e-20f},
                                "lstm",
                                new float[] {-3, 16777216}));
        StateReport<String> unknown =
                new StateReport<>(
                        "B", Long.MIN_VALUE, 0, 0, 1, 0, -1, -1, Map.of("lstm", new float[2]));

        ProducerRecord<byte[], byte[]> record = new ReportEncoder("reports").encode(report);

        assertThat(record.topic()).isEqualTo("reports");
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("Zürich");
        assertThat(text(record))
                .isEqualTo(
                        "{'key':'Zürich','time':5,'step':7,'stepsSinceReset':6,'weightsGeneration':2,"
                                + "'weightsNumber':9,'orderPartition':3,'orderOffset':42,"
                                + "'state':{'lstm':[-3.0,1.6777216E7],"
                                + "'lstm_1':[0.1,1.0E-20]}}");
        assertThat(text(new ReportEncoder("reports").encode(unknown)))
                .startsWith("{'key':'B','time':null,'step':0,");
    }

    @Test
    void writesOrdersUnderTheirKeyIfTheyHaveOne() {
        ControlEncoder encoder = new ControlEncoder("control");
        Control<String> seed = Control.seed("A", Map.of("lstm", new float[] {1, 2}));

        ProducerRecord<byte[], byte[]> all = encoder.encode(Control.resetAll(5));

        assertThat(all.key()).isNull();
        assertThat(text(all)).isEqualTo("{'control':'reset','time':5}");
        assertThat(encoder.encode(seed).key()).asString(StandardCharsets.UTF_8).isEqualTo("A");
        assertThat(text(encoder.encode(seed.from(9))))
                .isEqualTo("{'control':'seed','key':'A','time':9,'state':{'lstm':[1.0,2.0]}}");
        assertThat(text(encoder.encode(Control.resetLayer("A", "lstm"))))
                .isEqualTo("{'control':'resetLayer','key':'A','layer':'lstm'}");
    }

    private static String text(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8).replace('"', '\'');
    }
}
