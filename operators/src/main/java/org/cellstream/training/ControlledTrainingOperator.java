package org.cellstream.training;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Shared;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.MemoryShape;

/** A trainer that hears orders about weights on its second input. */
@Internal
public final class ControlledTrainingOperator<K> extends TrainingOperator<K>
        implements TwoInputStreamOperator<Event<K>, Shared<K>, WeightUpdate> {

    private static final long serialVersionUID = 1L;

    /** As {@link TrainingOperator}. */
    public ControlledTrainingOperator(
            MemoryShape shape,
            TrainingConfig config,
            WeightUpdate first,
            long generation,
            TypeInformation<K> keyType) {
        super(shape, config, first, generation, keyType);
    }

    @Override
    public void processElement1(StreamRecord<Event<K>> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<Shared<K>> element) {
        Control<K> order = element.getValue().control();
        if (order != null && order.action().aboutWeights()) {
            hear(order);
        }
    }
}
