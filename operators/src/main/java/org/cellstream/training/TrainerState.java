package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.cellstream.event.Event;
import org.cellstream.state.MemoryShape;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the checkpoint holds of the trainer apart from its keys: itself, windows, and events. */
final class TrainerState<K> {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerState.class);

    private final MemoryShape shape;
    private final ListState<TrainerSnapshot> trainer;
    private final ListState<PendingWindow<K>> pending;
    private final ListState<Event<K>> held;

    TrainerState(OperatorStateStore store, TypeInformation<K> keyType, MemoryShape shape)
            throws Exception {
        this.shape = shape;
        this.trainer =
                store.getListState(new ListStateDescriptor<>("trainer", TrainerSnapshot.type()));
        this.pending =
                store.getListState(
                        new ListStateDescriptor<>("pending-windows", PendingWindow.type(keyType)));
        this.held =
                store.getListState(new ListStateDescriptor<>("held-events", Event.type(keyType)));
    }

    /**
     * The restored trainer; null if there is none, or if it learned another network or from other
     * columns: then nothing else that was restored fits either.
     */
    @Nullable TrainerSnapshot trainer() throws Exception {
        TrainerSnapshot snapshot = null;
        for (TrainerSnapshot found : trainer.get()) {
            snapshot = found;
        }
        if (snapshot != null && !snapshot.shape().equals(shape.describe())) {
            LOG.warn(
                    "The restored trainer learned {}; this job runs {}. Learning starts afresh.",
                    snapshot.shape(),
                    shape.describe());
            return null;
        }
        return snapshot;
    }

    /** The restored windows that have {@code steps} time steps. */
    List<PendingWindow<K>> pending(int steps) throws Exception {
        List<PendingWindow<K>> restored = new ArrayList<>();
        int dropped = 0;
        for (PendingWindow<K> window : pending.get()) {
            if (window.labels().length == steps) {
                restored.add(window);
            } else {
                dropped++;
            }
        }
        if (dropped > 0) {
            LOG.warn(
                    "{} restored windows do not have the {} time steps that this job learns from, and"
                            + " are left out.",
                    dropped,
                    steps);
        }
        return restored;
    }

    /** The restored events that wait for the watermark. */
    Iterable<Event<K>> held() throws Exception {
        return held.get();
    }

    void write(TrainerSnapshot snapshot, List<PendingWindow<K>> windows, List<Event<K>> events)
            throws Exception {
        trainer.update(List.of(snapshot));
        pending.update(windows);
        held.update(events);
    }
}
