package org.cellstream;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;

/**
 * What a {@link KeyedLstm} gives back.
 *
 * @param forecasts one per event that was neither late nor rejected
 * @param late events older than the last one of their key, which changed nothing
 * @param rejected events whose values the columns cannot take, which changed nothing
 * @param reports states of keys, as orders asked for them
 * @param weights the weights that are served, as they are published
 */
public record ForecastStreams<K>(
        SingleOutputStreamOperator<Forecast<K>> forecasts,
        DataStream<Event<K>> late,
        DataStream<Rejected> rejected,
        DataStream<StateReport<K>> reports,
        DataStream<WeightUpdate> weights) {}
