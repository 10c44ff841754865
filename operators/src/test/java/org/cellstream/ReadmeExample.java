package org.cellstream;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;

/** The README's lines of code, compiled. */
final class ReadmeExample {

    private ReadmeExample() {}

    record Trade(String symbol, long time, double price, double size) {}

    static void define(
            DataStream<Trade> trades, Sink<Forecast<String>> forecasts, Sink<Rejected> rejected) {
        // begin
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(64) skip dense(1)");
        options.set(CellstreamOptions.COLUMNS, "price=price|log, size=size|log1p");
        options.set(CellstreamOptions.TARGET, "price");
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);

        DataStream<Event<String>> events =
                lstm.events(
                        trades,
                        Trade::symbol,
                        Trade::time,
                        Map.of("price", Trade::price, "size", Trade::size));

        ForecastStreams<String> streams = lstm.forecastAndLearn(events);
        streams.forecasts().sinkTo(forecasts);
        streams.rejected().sinkTo(rejected);
        // end
    }
}
