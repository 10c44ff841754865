package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.cellstream.event.Control;
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
    private final ListState<PracticeSnapshot> practice;
    private final ListState<StartedWindow<K>> chosen;
    private final ListState<StartedWindow<K>> reservoir;
    private final ListState<Control<K>> orders;
    private final ListState<PopulationSnapshot> population;

    /** What is written of windows, events and orders that wait. */
    record Waiting<K>(
            List<PendingWindow<K>> windows, List<Event<K>> events, List<Control<K>> orders) {}

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
        this.practice =
                store.getListState(new ListStateDescriptor<>("practice", PracticeSnapshot.type()));
        this.chosen =
                store.getListState(
                        new ListStateDescriptor<>("chosen-windows", StartedWindow.type(keyType)));
        this.reservoir =
                store.getListState(
                        new ListStateDescriptor<>("reservoir", StartedWindow.type(keyType)));
        this.orders =
                store.getListState(
                        new ListStateDescriptor<>("waiting-orders", Control.type(keyType)));
        this.population =
                store.getListState(
                        new ListStateDescriptor<>("population", PopulationSnapshot.type()));
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

    /** The orders about weights that wait for their time. */
    List<Control<K>> orders() throws Exception {
        List<Control<K>> waiting = new ArrayList<>();
        orders.get().forEach(waiting::add);
        return waiting;
    }

    /**
     * What is restored of what is usual among keys; of a trainer before there was that, nothing.
     */
    PopulationSnapshot population() throws Exception {
        PopulationSnapshot snapshot = PopulationSnapshot.startingFrom(null);
        for (PopulationSnapshot found : population.get()) {
            snapshot = found;
        }
        return snapshot;
    }

    /**
     * What is restored of how the trainer practises; for a trainer that was written before it did,
     * what starts from its weights.
     */
    PracticeSnapshot practice(float[] weights) throws Exception {
        PracticeSnapshot snapshot = PracticeSnapshot.startingFrom(weights);
        for (PracticeSnapshot found : practice.get()) {
            snapshot = found;
        }
        return snapshot;
    }

    /** Windows that were chosen, and those of the reservoir, if they have {@code steps} steps. */
    Lessons.Kept<K> lessons(int steps, PracticeSnapshot counts) throws Exception {
        return new Lessons.Kept<>(
                fitting(chosen, steps),
                fitting(reservoir, steps),
                counts.added(),
                counts.minibatches());
    }

    private List<StartedWindow<K>> fitting(ListState<StartedWindow<K>> windows, int steps)
            throws Exception {
        List<StartedWindow<K>> fitting = new ArrayList<>();
        for (StartedWindow<K> window : windows.get()) {
            if (window.fits(steps, shape.network().stateSize())) {
                fitting.add(window);
            }
        }
        return fitting;
    }

    void write(
            TrainerSnapshot snapshot,
            Practice.Kept<K> kept,
            RateState rate,
            PopulationSnapshot keys,
            Waiting<K> waiting)
            throws Exception {
        Lessons.Kept<K> lessons = kept.lessons();
        trainer.update(List.of(snapshot));
        practice.update(
                List.of(
                        new PracticeSnapshot(
                                kept.gate(),
                                kept.watches().drift(),
                                kept.watches().labels(),
                                kept.watches().rounds(),
                                rate,
                                lessons.minibatches(),
                                lessons.added())));
        chosen.update(lessons.waiting());
        reservoir.update(lessons.reservoir());
        pending.update(waiting.windows());
        held.update(waiting.events());
        orders.update(waiting.orders());
        population.update(List.of(keys));
    }
}
