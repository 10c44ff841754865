package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.cellstream.event.WeightUpdate;

/** Cuts updates into slices; "unchanged" has none. */
final class CutWeightsFunction implements FlatMapFunction<WeightUpdate, WeightSlice> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(WeightUpdate update, Collector<WeightSlice> out) {
        WeightSlices.cut(update).forEach(out::collect);
    }
}
