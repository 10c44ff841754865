package org.cellstream.savepoint;

import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.event.WeightUpdate;
import org.cellstream.training.TrainerSnapshot;

/** Reads what a savepoint holds of the operators beside their keys. */
@Internal
public final class SavedOperators {

    /** Uid of the operator that forecasts, behind the prefix of its network. */
    public static final String FORECASTER = "forecaster";

    /** Uid of the operator that learns, behind the prefix of its network. */
    public static final String TRAINER = "trainer";

    private static final String DRAINED = "drained";

    private SavedOperators() {}

    /** The weights that a forecaster serves; empty if it has none. */
    public static Optional<WeightUpdate> servedWeights(OperatorStateStore forecaster)
            throws Exception {
        BroadcastState<Long, WeightUpdate> weights =
                forecaster.getBroadcastState(
                        new MapStateDescriptor<>("weights", Types.LONG, WeightUpdate.type()));
        return Optional.ofNullable(weights.get(WeightUpdate.AT_ARRIVAL));
    }

    /** Whether a forecaster had stepped all events that it held when its savepoint was taken. */
    public static boolean isDrained(OperatorStateStore forecaster) throws Exception {
        BroadcastState<String, Long> clock =
                forecaster.getBroadcastState(
                        new MapStateDescriptor<>("event-clock", Types.STRING, Types.LONG));
        return clock.contains(DRAINED);
    }

    /** How far a trainer had come; empty if it had not begun. */
    public static Optional<SavedTrainer> trainer(OperatorStateStore trainer) throws Exception {
        Optional<SavedTrainer> last = Optional.empty();
        for (TrainerSnapshot t :
                trainer.getListState(new ListStateDescriptor<>("trainer", TrainerSnapshot.type()))
                        .get()) {
            last = Optional.of(new SavedTrainer(t.generation(), t.number(), t.optimiserSteps()));
        }
        return last;
    }
}
