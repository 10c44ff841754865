package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts as JSON, keyed by the event's key. Errors without a number are null; raw values, the
 * interval, the anomaly score, what experts said and several horizons are there only if they are
 * known.
 */
final class ForecastEncoder implements Encoder<Forecast<String>> {

    private static final long serialVersionUID = 1L;

    private static final SerializedString KEY = new SerializedString("key");
    private static final SerializedString TIME = new SerializedString("time");
    private static final SerializedString STEP = new SerializedString("step");
    private static final SerializedString VALUES = new SerializedString("values");
    private static final SerializedString GENERATION = new SerializedString("weightsGeneration");
    private static final SerializedString NUMBER = new SerializedString("weightsNumber");
    private static final SerializedString COLD = new SerializedString("cold");
    private static final SerializedString SINCE_RESET = new SerializedString("stepsSinceReset");
    private static final SerializedString ERROR = new SerializedString("error");
    private static final SerializedString PERSISTENCE = new SerializedString("persistenceError");
    private static final SerializedString RAW_VALUES = new SerializedString("rawValues");
    private static final SerializedString CORRECTION = new SerializedString("correction");
    private static final SerializedString LOW = new SerializedString("low");
    private static final SerializedString HIGH = new SerializedString("high");
    private static final SerializedString ANOMALY = new SerializedString("anomaly");
    private static final SerializedString SPOKE = new SerializedString("spoke");
    private static final SerializedString SHARE = new SerializedString("share");
    private static final SerializedString EXPERTS = new SerializedString("experts");

    private static final SerializedString HORIZON_VALUES = new SerializedString("horizonValues");
    private static final SerializedString HORIZON_ERRORS = new SerializedString("horizonErrors");
    private static final SerializedString HORIZON_PERSISTENCE =
            new SerializedString("horizonPersistenceErrors");

    private final String topic;
    private transient @Nullable JsonObjects objects;

    ForecastEncoder(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(Forecast<String> forecast) {
        if (objects == null) {
            objects = new JsonObjects();
        }
        return new ProducerRecord<>(
                topic,
                forecast.key().getBytes(StandardCharsets.UTF_8),
                objects.object(json -> write(forecast, json)));
    }

    private static void write(Forecast<String> forecast, JsonGenerator json) throws IOException {
        json.writeFieldName(KEY);
        json.writeString(forecast.key());
        number(json, TIME, forecast.time());
        number(json, STEP, forecast.step());
        json.writeFieldName(VALUES);
        Json.numbers(json, forecast.values());
        number(json, GENERATION, forecast.weightsGeneration());
        number(json, NUMBER, forecast.weightsNumber());
        json.writeFieldName(COLD);
        json.writeBoolean(forecast.cold());
        number(json, SINCE_RESET, forecast.stepsSinceReset());
        json.writeFieldName(ERROR);
        Json.number(json, forecast.error());
        json.writeFieldName(PERSISTENCE);
        Json.number(json, forecast.persistenceError());
        if (forecast.rawValues().length > 0) {
            json.writeFieldName(RAW_VALUES);
            Json.numbers(json, forecast.rawValues());
        }
        if (forecast.correction()) {
            json.writeFieldName(CORRECTION);
            json.writeBoolean(true);
        }
        known(json, LOW, forecast.low());
        known(json, HIGH, forecast.high());
        known(json, ANOMALY, forecast.anomaly());
        json.writeFieldName(SPOKE);
        json.writeString(forecast.spoke());
        json.writeFieldName(SHARE);
        Json.number(json, forecast.share());
        if (forecast.experts().length > 0) {
            json.writeFieldName(EXPERTS);
            Json.numbers(json, forecast.experts());
        }
        if (forecast.horizonValues().length > 0) {
            horizons(forecast, json);
        }
    }

    private static void horizons(Forecast<String> forecast, JsonGenerator json) throws IOException {
        json.writeFieldName(HORIZON_VALUES);
        Json.numbers(json, forecast.horizonValues());
        json.writeFieldName(HORIZON_ERRORS);
        Json.numbers(json, forecast.horizonErrors());
        json.writeFieldName(HORIZON_PERSISTENCE);
        Json.numbers(json, forecast.horizonPersistenceErrors());
    }

    private static void known(JsonGenerator json, SerializedString name, double number)
            throws IOException {
        if (!Double.isNaN(number)) {
            json.writeFieldName(name);
            Json.number(json, number);
        }
    }

    private static void number(JsonGenerator json, SerializedString name, long number)
            throws IOException {
        json.writeFieldName(name);
        json.writeNumber(number);
    }
}
