package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cellstream.event.Rejected.Cause.CONTROL;
import static org.cellstream.event.Rejected.Cause.MALFORMED;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlDecoderTest {

    private static final Network NETWORK = Network.of(3).lstm(2).lstm(1).dense(1);
    private static final long FEBRUARY = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    private final ControlDecoder decoder = new ControlDecoder(NETWORK);

    @Test
    void readsOrdersAboutOneKey() {
        assertThat(order("{'control':'reset','key':'A'}")).isEqualTo(at(Control.reset("A")));
        assertThat(order("{'key':42,'control':'report'}")).isEqualTo(at(Control.report("42")));
        assertThat(order("{'control':'forget','key':'A','layer':null,'time':null}"))
                .isEqualTo(at(Control.forget("A")));
        assertThat(order("{'control':'resetLayer','key':'A','layer':'lstm_1','time':5}"))
                .isEqualTo(at(Control.resetLayer("A", "lstm_1").from(5)));
    }

    @Test
    void readsOrdersAboutAllKeysFromATimeOn() {
        assertThat(order("{'control':'reset','time':'2026-02-01'}"))
                .isEqualTo(at(Control.resetAll(FEBRUARY)));
        assertThat(order("{'control':'resetLayer','layer':'lstm','time':" + FEBRUARY + "}"))
                .isEqualTo(
                        new Control<>(Action.RESET_LAYER, null, "lstm", FEBRUARY, Map.of(), 3, 42));
    }

    @Test
    void readsOrdersAboutWeights() {
        assertThat(order("{'control':'freeze'}")).isEqualTo(at(Control.ofWeights(Action.FREEZE)));
        assertThat(order("{'control':'promote','time':5}"))
                .isEqualTo(at(Control.<String>ofWeights(Action.PROMOTE).from(5)));
        assertThat(order("{'control':'rollback','time':null}"))
                .isEqualTo(at(Control.ofWeights(Action.ROLLBACK)));
    }

    @Test
    void readsStatesOfLayers() {
        Control<String> order =
                order(
                        "{'control':'seed','key':'A','state':{'lstm':[1,-2e-3,0.1,4],'lstm_1':[5,6]}}");

        assertThat(order)
                .isEqualTo(
                        at(
                                Control.seed(
                                        "A",
                                        Map.of(
                                                "lstm",
                                                new float[] {1, -2e-3f, 0.1f, 4},
                                                "lstm_1",
                                                new float[] {5, 6}))));
    }

    @Test
    void readsBackToTheLastBitWhatAReportSays() {
        Random random = new Random(5);
        float[] state = new float[4];
        for (int i = 0; i < state.length; i++) {
            state[i] = Float.intBitsToFloat(random.nextInt(0x7F800000));
        }
        byte[] report =
                new ReportEncoder("reports")
                        .encode(new StateReport<>("A", 1, 2, 3, 4, 5, 6, 7, Map.of("lstm", state)))
                        .value();

        Control<String> order =
                new OrderText("seed", "A", null, null, new String(report, StandardCharsets.UTF_8))
                        .order(NETWORK);

        assertThat(order.state().get("lstm")).containsExactly(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'key':'A'}; control; control is missing; need one of reset, resetLayer, seed, report, forget, freeze, promote, rollback",
                "{'control':'freeze','key':'A'}; key; key is A; need none: freeze is about the weights, which all keys share",
                "{'control':'promote','layer':'lstm'}; layer; layer is lstm; need none: it is for resetLayer, and this is promote",
                "{'control':'rollback','state':{}}; state; state is there; need none: it is for seed, and this is rollback",
                "{'control':'resetlayer','key':'A'}; control; the nearest is resetLayer",
                "{'control':5,'key':'A'}; control; control is 5; need a string",
                "{'control':'reset','kye':'A','time':5}; kye; field \"kye\" is none of an order's, which are control, key, layer, time, state; the nearest is key",
                "{'control':'reset'}; key; key and time are missing; reset needs a key, or a time from which it holds for all keys",
                "{'control':'seed','time':5,'state':{'lstm_1':[1,2]}}; key; key is missing; seed needs one: only reset and resetLayer know all keys",
                "{'control':'report'}; key; key is missing; report needs one",
                "{'control':'forget','time':5}; time; time is 5; need none: forget is at once",
                "{'control':'report','key':'A','time':5}; time; need none: report is at once",
                "{'control':'resetLayer','key':'A'}; layer; layer is missing; resetLayer needs one of lstm, lstm_1",
                "{'control':'resetLayer','key':'A','layer':'dense'}; layer; layer dense has no state in this network; need one of lstm, lstm_1",
                "{'control':'resetLayer','key':'A','layer':[1]}; layer; layer is [...]; need a string",
                "{'control':'reset','key':'A','layer':'lstm'}; layer; layer is lstm; need none: it is for resetLayer, and this is reset",
                "{'control':'reset','key':'A','state':{}}; state; state is there; need none: it is for seed, and this is reset",
                "{'control':'seed','key':'A'}; state; state is missing; seed needs that of one layer or more, of lstm, lstm_1",
                "{'control':'seed','key':'A','state':{}}; state; state is empty",
                "{'control':'seed','key':'A','state':{'gru':[1]}}; state; layer gru has no state in this network",
                "{'control':'seed','key':'A','state':{'lstm':[1,2]}}; state; state of lstm has 2 numbers; need 4: h, then c",
                "{'control':'seed','key':'A','state':{'lstm':[1,2,'3',4]}}; state; number 3 of the state of \"lstm\" is 3; need a finite float32",
                "{'control':'seed','key':'A','state':{'lstm':[1,1e39,3,4]}}; state; number 2 of the state of \"lstm\" is 1e39",
                "{'control':'seed','key':'A','state':{'lstm':[1,null,3,4]}}; state; number 2 of the state of \"lstm\" is null",
                "{'control':'seed','key':'A','state':{'lstm':5}}; state; state is lstm with 5; need layers with numbers",
                "{'control':'seed','key':'A','state':[1]}; state; state is [...]; need layers with numbers",
                "{'control':'seed','key':'A','state':{'lstm_1':[1,2],'lstm_1':[1,2]}}; state; state has \"lstm_1\" twice"
            })
    void saysWhyAnOrderCannotBeObeyed(String json, String field, String reason) {
        Rejected rejected = rejected(json);

        assertThat(rejected.reason()).contains(reason);
        assertThat(rejected.cause()).isEqualTo(CONTROL);
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(rejected.raw()).asString(StandardCharsets.UTF_8).isEqualTo(quoted(json));
        assertThat(rejected.topic()).isEqualTo("control");
        assertThat(rejected.partition()).isEqualTo(3);
        assertThat(rejected.offset()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "reset",
                "[]",
                "{'control':'reset','key':'A'",
                "{'control':'reset','key':'A'}}",
                "{'control':'reset','key':'A','key':'B'}",
                "{'control':'reset','key':''}",
                "{'control':'reset','key':null,'time':5}",
                "{'control':'rollback','key':null}",
                "{'control':'reset','key':{'a':1}}",
                "{'control':'reset','key':'A','time':'soon'}",
                "{'control':'reset','key':'A','time':1e300}",
                "{'control':'seed','key':'A','state':{'lstm':[1,2"
            })
    void rejectsWhatIsNoOrder(String json) {
        Rejected rejected = rejected(json);

        assertThat(rejected.cause()).isEqualTo(MALFORMED);
        assertThat(rejected.reason()).isNotBlank();
    }

    @Test
    void rejectsRecordsWithoutAValue() {
        assertThat(decoder.decode(record(null)).rejected()).isNotNull();
    }

    @Test
    void survivesAnything() {
        Random random = new Random(7);
        byte[] good = bytes("{'control':'seed','key':'A','time':5,'state':{'lstm':[1,2,3,4]}}");

        for (int i = 0; i < 5_000; i++) {
            byte[] noise = good.clone();
            for (int j = 0; j <= i % 4; j++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            DecodedControl decoded = decoder.decode(record(noise));
            assertThat((decoded.control() == null) != (decoded.rejected() == null)).isTrue();
        }
    }

    private static Control<String> at(Control<String> order) {
        return new Control<>(
                order.action(), order.key(), order.layer(), order.time(), order.state(), 3, 42);
    }

    private Control<String> order(String json) {
        DecodedControl decoded = decoder.decode(record(bytes(json)));
        assertThat(decoded.rejected()).isNull();
        return decoded.control();
    }

    private Rejected rejected(String json) {
        DecodedControl decoded = decoder.decode(record(bytes(json)));
        assertThat(decoded.control()).isNull();
        return decoded.rejected();
    }

    private static byte[] bytes(String json) {
        return quoted(json).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "control",
                3,
                42,
                1234,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
