package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Forecast;

/**
 * Forecasts as JSON, keyed by the event's key. Fields without a number are null; raw values are
 * there only if there are any.
 */
final class ForecastEncoder implements Encoder<Forecast<String>> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    ForecastEncoder(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(Forecast<String> forecast) {
        return new ProducerRecord<>(
                topic,
                forecast.key().getBytes(StandardCharsets.UTF_8),
                Json.object(json -> write(forecast, json)));
    }

    private static void write(Forecast<String> forecast, JsonGenerator json) throws IOException {
        json.writeStringField("key", forecast.key());
        json.writeNumberField("time", forecast.time());
        json.writeNumberField("step", forecast.step());
        Json.numbers(json, "values", forecast.values());
        json.writeNumberField("weightsGeneration", forecast.weightsGeneration());
        json.writeNumberField("weightsNumber", forecast.weightsNumber());
        json.writeBooleanField("cold", forecast.cold());
        json.writeNumberField("stepsSinceReset", forecast.stepsSinceReset());
        json.writeFieldName("error");
        Json.number(json, forecast.error());
        json.writeFieldName("persistenceError");
        Json.number(json, forecast.persistenceError());
        if (forecast.rawValues().length > 0) {
            Json.numbers(json, "rawValues", forecast.rawValues());
        }
        if (forecast.correction()) {
            json.writeBooleanField("correction", true);
        }
    }
}
