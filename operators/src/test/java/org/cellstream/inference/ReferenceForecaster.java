package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.config.EventOrder;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;

/**
 * The forecaster in its plainest form: one event at a time, everything in lists, no state, no
 * batches, no subtasks; a failure, a checkpoint or another parallelism is nothing to it.
 */
final class ReferenceForecaster implements ScheduleTarget {

    private final ScheduleSetup setup;
    private final TimingConfig timing;
    private final boolean ordered;
    private final ReferenceStep step;
    private final ReferenceSequences sequences;
    private final Map<String, ReferenceKey> keys = new HashMap<>();
    private final List<WeightUpdate> published = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Outcome outcome = new Outcome();
    private long events = Long.MIN_VALUE;
    private long trained = Long.MIN_VALUE;

    ReferenceForecaster(ScheduleSetup setup) {
        this.setup = setup;
        this.timing = setup.config().timing();
        this.ordered = setup.config().sequence().order() == EventOrder.EVENT_TIME;
        this.step = new ReferenceStep(setup);
        this.sequences = new ReferenceSequences(setup, step, outcome);
        published.add(setup.first());
    }

    /**
     * An event that waits.
     *
     * @param turn watermark at which it is stepped
     * @param epoch whose weights it is stepped with
     */
    private record Waiting(Event<String> event, long turn, long epoch) {}

    /** An event behind the watermark counts as if it came where the watermark is. */
    @Override
    public void event(Event<String> event) {
        long time = Math.max(event.time(), events);
        long epoch = epochOf(ordered ? time : Math.max(event.time(), after(events)));
        long firstOfEpoch = timing.byEventTime() ? epoch * timing.epochMillis() : 0;
        long turn = Long.MIN_VALUE;
        if (ordered) {
            turn = time;
        } else if (timing.byEventTime()) {
            turn = firstOfEpoch - 1;
        }
        if (turn <= reached()) {
            step(event, epoch);
        } else {
            waiting.add(new Waiting(event, turn, epoch));
        }
    }

    private static long after(long watermark) {
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
                ? watermark
                : watermark + 1;
    }

    private long epochOf(long time) {
        return timing.byEventTime() ? Math.floorDiv(time, timing.epochMillis()) : 0;
    }

    /** The watermark up to which events may be stepped. */
    private long reached() {
        if (!timing.byEventTime()) {
            return events;
        }
        long lead = (timing.serveAfter() - 1) * timing.epochMillis();
        boolean ended = trained > Long.MAX_VALUE - lead;
        return Math.min(events, ended || trained == Long.MIN_VALUE ? trained : trained + lead);
    }

    @Override
    public void eventWatermark(long time) {
        events = Math.max(events, time);
        release();
    }

    @Override
    public void trainerWatermark(long time) {
        trained = Math.max(trained, time);
        release();
    }

    private void release() {
        long reached = reached();
        List<Waiting> due = new ArrayList<>(waiting);
        due.removeIf(one -> one.turn > reached);
        waiting.removeAll(due);
        due.sort(Comparator.comparingLong(Waiting::turn));
        due.forEach(one -> step(one.event, one.epoch));
    }

    private void step(Event<String> event, long epoch) {
        if (event.marks().masked()) {
            return;
        }
        ReferenceKey key = keys.computeIfAbsent(event.key(), name -> step.fresh());
        WeightUpdate weights = serving(epoch);
        if (event.time() >= key.lastTime && step.runsWhole()) {
            keys.put(event.key(), sequences.take(event, key, weights));
        } else if (event.time() >= key.lastTime) {
            ReferenceStep.Result result = step.take(event, key, weights);
            emit(result);
            keys.put(event.key(), result.key());
        } else {
            takeLate(event, key, weights);
        }
    }

    private void emit(ReferenceStep.Result result) {
        if (result.rejected() != null) {
            outcome.rejected(result.rejected());
        } else if (result.forecast() != null) {
            outcome.forecast(result.forecast());
        }
    }

    /** The newest of the weights that may be used. */
    private WeightUpdate serving(long epoch) {
        WeightUpdate newest = published.get(0);
        for (WeightUpdate update : published) {
            boolean there =
                    update.epoch() == WeightUpdate.AT_ARRIVAL
                            || (timing.byEventTime()
                                    && update.epoch() + timing.serveAfter() <= epoch);
            if (there && !update.unchanged() && update.newerThan(newest)) {
                newest = update;
            }
        }
        return newest;
    }

    /** Goes back, takes the event in at its place, and steps those after it again. */
    private void takeLate(Event<String> late, ReferenceKey now, WeightUpdate weights) {
        boolean goesBack = setup.config().sequence().rewindSteps() > 0;
        ReferenceKey key = goesBack ? now.backTo(late.time()) : null;
        if (key == null) {
            outcome.late(late);
            return;
        }
        List<Event<String>> again = new ArrayList<>(now.eventsBackTo(late.time()));
        again.add(late);
        again.sort(Comparator.comparingLong(Event::time));
        int place = again.indexOf(late);
        List<Forecast<String>> forecasts = new ArrayList<>();
        for (int i = 0; i < again.size(); i++) {
            ReferenceStep.Result result = step.take(again.get(i), key, weights);
            if (result.rejected() != null) {
                outcome.rejected(becauseOf(late, result.rejected()));
                return;
            }
            key = result.key();
            if (i >= place) {
                forecasts.add(
                        i == place ? result.forecast() : result.forecast().withCorrection(true));
            }
        }
        keys.put(late.key(), key);
        forecasts.forEach(outcome::forecast);
    }

    /** It is the late event that cannot be taken in, whichever step shows it. */
    private static Rejected becauseOf(Event<String> late, Rejected rejected) {
        boolean notFinite = rejected.cause() == Rejected.Cause.NOT_FINITE;
        return new Rejected(
                rejected.reason(),
                rejected.cause(),
                rejected.field(),
                notFinite ? Arrays.toString(late.numbers()) : rejected.value(),
                null,
                late.partition(),
                late.offset(),
                null);
    }

    @Override
    public void weights(WeightUpdate update) {
        Network network = step.network();
        boolean fits =
                update.network().equals(network.toString())
                        && (update.unchanged()
                                || update.values().length == network.parameters().size());
        if (fits) {
            published.add(update);
        } else {
            outcome.rejected(
                    new Rejected(
                            "",
                            Rejected.Cause.WEIGHTS,
                            "network",
                            update.network(),
                            null,
                            -1,
                            -1,
                            null));
        }
    }

    @Override
    public void order(Control<String> control) {
        if (!new ReferenceOrders(step).allows(control) || passed(control)) {
            outcome.rejected(
                    new Rejected(
                            "",
                            Rejected.Cause.CONTROL,
                            "control",
                            control.action().text(),
                            null,
                            control.partition(),
                            control.offset(),
                            null));
        } else if (control.key() == null) {
            step.orderForAll(control);
        } else {
            orderKey(control, control.key());
        }
    }

    /** Whether the last event of the order's key is not before the order's time. */
    private boolean passed(Control<String> control) {
        ReferenceKey key = keys.get(control.key());
        return control.time() != Control.AT_ONCE && key != null && key.lastTime >= control.time();
    }

    private void orderKey(Control<String> control, String name) {
        ReferenceKey key = keys.computeIfAbsent(name, unused -> step.fresh());
        switch (control.action()) {
            case FORGET -> {
                keys.remove(name);
                waiting.removeIf(one -> one.event.key().equals(name));
            }
            case REPORT -> outcome.report(report(control, name, key));
            default -> {
                if (control.time() == Control.AT_ONCE) {
                    atOnce(control, key);
                } else {
                    key.orders.add(control);
                }
                key.startWayBack();
            }
        }
    }

    /** What was set at once is set again at the next event, whatever else happens there. */
    private void atOnce(Control<String> control, ReferenceKey key) {
        step.carryOut(control, key);
        if (control.action() == Control.Action.RESET) {
            key.inputs.clear();
            if (key.open) {
                key.waiting.clear();
                key.beforeSequence = key.now();
            }
            key.orders.removeIf(order -> order.time() == Control.AT_ONCE);
        } else {
            key.orders.add(control);
        }
    }

    private StateReport<String> report(Control<String> order, String name, ReferenceKey key) {
        Map<String, float[]> state = new HashMap<>();
        Network network = step.network();
        for (int i = 0; i < network.layers().size(); i++) {
            String layer = network.nameOf(i);
            if (step.size(layer) > 0) {
                int at = step.offset(layer);
                state.put(layer, Arrays.copyOfRange(key.state, at, at + step.size(layer)));
            }
        }
        return new StateReport<>(
                name,
                key.lastTime,
                key.step,
                key.sinceReset,
                key.generation,
                key.number,
                order.partition(),
                order.offset(),
                state);
    }

    @Override
    public void passMillis(long millis) {}

    @Override
    public void barrier() {}

    @Override
    public void failure() {}

    @Override
    public void rescale(int parallelism) {}

    /** All that waits is stepped, and event time starts anew; the weights served stay. */
    @Override
    public void drain(int parallelism) {
        eventWatermark(Long.MAX_VALUE);
        trainerWatermark(Long.MAX_VALUE);
        WeightUpdate newest = serving(Long.MAX_VALUE);
        published.clear();
        published.add(newest);
        events = Long.MIN_VALUE;
        trained = Long.MIN_VALUE;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }
}
