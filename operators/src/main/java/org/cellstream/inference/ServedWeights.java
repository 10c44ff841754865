package org.cellstream.inference;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights that the forecaster serves and those that wait for their epoch, mirrored in broadcast
 * state. Every subtask holds the same, so that rescaling changes nothing.
 */
final class ServedWeights {

    private static final Logger LOG = LoggerFactory.getLogger(ServedWeights.class);

    /**
     * Where the state holds the weights that are served now; the others stand under their epoch.
     */
    private static final long CURRENT = WeightUpdate.AT_ARRIVAL;

    private final Network network;
    private final TimingConfig timing;
    private final BroadcastState<Long, WeightUpdate> state;
    private final TreeMap<Long, WeightUpdate> waiting = new TreeMap<>();
    private WeightUpdate current;

    ServedWeights(
            Network network,
            TimingConfig timing,
            WeightUpdate first,
            BroadcastState<Long, WeightUpdate> state)
            throws Exception {
        this.network = network;
        this.timing = timing;
        this.state = state;
        this.current = first;
        for (Map.Entry<Long, WeightUpdate> restored : state.entries()) {
            if (!fits(restored.getValue())) {
                LOG.warn(
                        "The restored weights {} do not fit {}; this job starts from {}.",
                        restored.getValue(),
                        network,
                        first);
            } else if (restored.getKey() == CURRENT) {
                current = restored.getValue();
            } else {
                waiting.put(restored.getKey(), restored.getValue());
            }
        }
        if (!timing.byEventTime()) {
            serveAll();
        }
        state.clear();
        state.put(CURRENT, current);
        state.putAll(waiting);
    }

    /** Takes the newest of the weights that wait: in this job none waits for its epoch. */
    private void serveAll() {
        for (WeightUpdate update : waiting.values()) {
            current = isNewer(update) ? update : current;
        }
        waiting.clear();
    }

    static MapStateDescriptor<Long, WeightUpdate> descriptor() {
        return new MapStateDescriptor<>("weights", Types.LONG, WeightUpdate.type());
    }

    WeightUpdate current() {
        return current;
    }

    Weights weights() {
        return new Weights(network, current.values());
    }

    /** Whether an update was made for this network. */
    boolean fits(WeightUpdate update) {
        return update.network().equals(network.toString())
                && (update.unchanged() || update.values().length == network.parameters().size());
    }

    /** The rejection of an update that does not fit. */
    Rejected refusal(WeightUpdate update) {
        return new Rejected(
                "weights %d.%d are %d floats of %s; this job runs %s, which takes %d"
                        .formatted(
                                update.generation(),
                                update.number(),
                                update.values().length,
                                update.network(),
                                network,
                                network.parameters().size()),
                Rejected.Cause.WEIGHTS,
                "network",
                update.network(),
                null,
                -1,
                -1,
                null);
    }

    /** Whether an update that takes effect at arrival is newer than what is served. */
    boolean isNewer(WeightUpdate update) {
        return !update.unchanged() && update.newerThan(current);
    }

    /** Serves an update from now on. */
    void serve(WeightUpdate update) throws Exception {
        current = update;
        state.put(CURRENT, update);
    }

    /**
     * Keeps an update until its epoch; of two of one epoch the newer that has learned something.
     *
     * @return whether one of the two is ignored that would have been served
     */
    boolean await(WeightUpdate update) throws Exception {
        WeightUpdate known = waiting.get(update.epoch());
        if (known == null || known.unchanged()) {
            waiting.put(update.epoch(), update);
            state.put(update.epoch(), update);
            return false;
        }
        if (update.unchanged()) {
            return false;
        }
        if (update.newerThan(known)) {
            waiting.put(update.epoch(), update);
            state.put(update.epoch(), update);
        }
        return true;
    }

    /** Whether an update waits that the events of {@code epoch} need. */
    boolean isDue(long epoch) {
        return !waiting.isEmpty() && waiting.firstKey() + timing.serveAfter() <= epoch;
    }

    /**
     * Serves what the events of {@code epoch} need.
     *
     * @return whether the weights changed
     */
    boolean serveDue(long epoch, InferenceMetrics metrics) throws Exception {
        boolean changed = false;
        while (isDue(epoch)) {
            WeightUpdate update = waiting.pollFirstEntry().getValue();
            state.remove(update.epoch());
            if (isNewer(update)) {
                serve(update);
                changed = true;
            } else if (!update.unchanged()) {
                metrics.ignoredWeights();
            }
        }
        return changed;
    }
}
