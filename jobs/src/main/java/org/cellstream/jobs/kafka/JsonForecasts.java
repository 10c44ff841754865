package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.cellstream.event.Forecast;

/** Writes forecasts that do not go to Kafka as if they did. One thread. */
@Internal
public final class JsonForecasts {

    private final ForecastEncoder encoder = new ForecastEncoder("none");

    /** One forecast as a JSON object without line breaks. */
    public byte[] encode(Forecast<String> forecast) {
        return encoder.encode(forecast).value();
    }
}
