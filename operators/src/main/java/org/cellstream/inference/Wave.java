package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.LabelSource;
import org.cellstream.config.ModeConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Magnitude;
import org.cellstream.state.Intake;
import org.cellstream.state.KeptInputs;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryUndo;
import org.cellstream.state.Resident;
import org.cellstream.state.Rewinds;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are stepped in one go, at most one per key: takes events into their memories, steps h
 * and c where they lie, and makes the forecasts. Buffers are reused from wave to wave.
 */
final class Wave<K> {

    private final ForecasterParts<K> parts;
    private final Intake intake;
    private final int firstSpare;
    private final int width;
    private final int stateSize;
    private final float[] x;
    private final RowSteps steps;
    private final float[] next;
    private final Head head;
    private final Voices voices;
    private final float[] y;
    private final Head.Verdict[] verdicts;
    private final Head.Verdict[] intervals;
    private final double[] persistence;
    private final MemoryUndo[] undos;
    private final SequenceRules.Start[] starts;
    private final Feedback feedback;
    private final boolean given;
    private final KeyChanges[] changes;
    private final FarForecasts<K> far;
    private final long[] paces;
    private final boolean[] fedBack;
    private final List<Event<K>> events = new ArrayList<>();
    private final List<Resident<K>> residents = new ArrayList<>();

    /** Whether no h or c of any row is too large after the step. */
    private boolean calm;

    /**
     * @param firstSpare the first of {@code maxRows} spare rows among the states
     */
    Wave(ForecasterParts<K> parts, int maxRows, int firstSpare) {
        this.parts = parts;
        this.intake = parts.intake();
        this.firstSpare = firstSpare;
        this.width = parts.tools().stepper().network().inputs();
        this.stateSize = parts.tools().stepper().network().stateSize();
        this.x = new float[maxRows * width];
        this.steps = steps(parts, maxRows);
        this.next = new float[maxRows * stateSize];
        int outputs = parts.tools().stepper().network().outputs();
        this.head = new Head(Loss.of(parts.config().loss()), intake, outputs);
        this.voices = new Voices(parts.config());
        this.feedback = new Feedback(intake, parts.config().missingTarget());
        this.given = parts.config().labels() == LabelSource.GIVEN;
        this.y = new float[maxRows * outputs];
        this.fedBack = new boolean[maxRows];
        this.verdicts = new Head.Verdict[maxRows];
        this.intervals = new Head.Verdict[maxRows];
        this.persistence = new double[maxRows];
        this.paces = new long[maxRows];
        this.far = new FarForecasts<>(parts, steps(parts, 1));
        this.undos = new MemoryUndo[maxRows];
        this.starts = new SequenceRules.Start[maxRows];
        this.changes = new KeyChanges[maxRows];
        for (int row = 0; row < maxRows; row++) {
            undos[row] = intake.newUndo();
            starts[row] = SequenceRules.Start.GOES_ON;
            changes[row] = new KeyChanges();
            verdicts[row] = Head.Verdict.NONE;
            intervals[row] = Head.Verdict.NONE;
        }
    }

    private static RowSteps steps(ForecasterParts<?> parts, int maxRows) {
        ModeConfig mode = parts.config().sequence().mode();
        return mode.isWindow()
                ? new WindowSteps(parts.tools().stepper(), maxRows, mode.window())
                : new StatefulSteps(parts.tools().stepper(), parts.residents(), maxRows);
    }

    int rows() {
        return events.size();
    }

    /** The event of a row as it is stepped. */
    Event<K> event(int row) {
        return events.get(row);
    }

    /**
     * Takes an event into the memory of its key and adds its row.
     *
     * @param again whether it was fed back when it was stepped before: it is not scored then either
     * @return why the event was rejected, having changed nothing; null if it was added
     */
    @Nullable Rejected add(
            Event<K> event, boolean again, Resident<K> resident, WeightUpdate weights) {
        int row = rows();
        KeyMemory memory = resident.memory();
        Rejected outside = parts.rules().refuse(event, memory);
        if (outside != null) {
            return outside;
        }
        undos[row].save(memory);
        int spare = (firstSpare + row) * stateSize;
        float[] states = parts.residents().states();
        starts[row] = parts.rules().start(memory, event, weights, states, spare);
        changes[row].copy(parts.rules().changes());
        paces[row] = memory.step() == 0 ? 0 : event.time() - memory.lastTime();
        boolean follows = intake.hasTarget(memory) && !parts.rules().starts(event);
        persistence[row] = follows ? intake.target(memory) : Double.NaN;
        boolean feeds = feedback.feeds(event);
        double[] made = feeds ? made(row, event, memory) : null;
        Event<K> fed = made == null ? event : intake.feedBack(event, made[0], memory);
        Rejected rejected =
                feeds && made == null
                        ? intake.noForecast(event)
                        : intake.take(fed, memory, x, row * width);
        if (rejected != null) {
            undos[row].restore(memory);
            return rejected;
        }
        fedBack[row] = feeds || again;
        steps.from(row, memory, x, starts[row], spare);
        events.add(fed);
        residents.add(resident);
        return null;
    }

    /** Advances all rows by one time step; what they led to is not in their memories yet. */
    void step() {
        steps.step(rows(), x, next, y);
        parts.tools().precision().round(next, 0, rows() * stateSize);
        float largest = Magnitude.largest(next, 0, rows() * stateSize);
        calm = Float.isFinite(largest) && largest <= parts.config().memory().stateLimit();
    }

    /**
     * Moves what a row led to into its memory.
     *
     * @return the forecast; null if the step is not finite: then the memory is as before, and the
     *     event is to be rejected
     */
    @Nullable Forecast<K> finish(int row, WeightUpdate weights) {
        Resident<K> resident = residents.get(row);
        KeyMemory memory = resident.memory();
        float largest = calm ? 0 : Magnitude.largest(next, row * stateSize, (row + 1) * stateSize);
        double[] values = head.values(y, row, memory);
        if (!Float.isFinite(largest) || values == null) {
            undos[row].restore(memory);
            return null;
        }
        double[] made = fedBack[row] ? null : made(row, event(row), memory);
        voices.hear(memory, intake.target(memory), made, link(row));
        voices.speak(memory, values, head.kept(values)[0]);
        intervals[row] = voices.verdict();
        double[] kept = head.kept(values);
        Forecast<K> forecast = forecast(row, memory, values, made, weights);
        verdicts[row] =
                given
                        ? head.labelVerdict(event(row).marks().label(), kept)
                        : head.verdict(intake.target(memory), made);
        changes[row].cold = forecast.cold();
        boolean ordered = memory.orders() != null;
        keep(row, memory);
        forecast = lookAhead(row, memory, forecast, kept[0]);
        memory.advancedWith(weights.generation(), weights.number());
        memory.keepForecast(kept);
        boolean first = Rewinds.isFirst(memory) && !ordered; // an order has made it, too
        if (largest > parts.config().memory().stateLimit()) {
            memory.reset();
            changes[row].exploded = true;
        }
        keepWayBack(row, memory, first);
        parts.residents().changed(resident);
        return forecast;
    }

    /** A key never seen may be one whose time to live has passed: both ways back start here. */
    private void keepWayBack(int row, KeyMemory memory, boolean first) {
        boolean mayBeForgotten =
                parts.config().sequence().timeToLive() != null && memory.step() == 1;
        if (mayBeForgotten || starts[row] == SequenceRules.Start.FORGOTTEN) {
            parts.rewinds().startHere(memory);
        } else {
            parts.rewinds().keep(event(row), fedBack[row], memory, first);
        }
    }

    /** The forecast with those of more than the next event, if the job makes any. */
    private Forecast<K> lookAhead(int row, KeyMemory memory, Forecast<K> forecast, double point) {
        if (!far.on()) {
            memory.keepPending(null); // of a job before
            return forecast;
        }
        boolean breaks =
                starts[row] == SequenceRules.Start.FORGOTTEN || parts.rules().starts(event(row));
        far.measure(memory, !breaks, !fedBack[row]);
        // The start that was made in the spare row has been stepped from.
        far.runOn(event(row), memory, point, paces[row], (firstSpare + row) * stateSize);
        return forecast.withHorizons(far.values(), far.errors(), far.persistenceErrors());
    }

    /** What the memory keeps of the forecast made for a row's event; null for nothing. */
    private double @Nullable [] made(int row, Event<K> event, KeyMemory memory) {
        boolean follows =
                starts[row] != SequenceRules.Start.FORGOTTEN && !parts.rules().starts(event);
        return follows ? memory.forecast() : null;
    }

    private Voices.Link link(int row) {
        if (starts[row] == SequenceRules.Start.FORGOTTEN) {
            return Voices.Link.FORGOTTEN;
        }
        if (parts.rules().starts(event(row))) {
            return Voices.Link.STARTS_ANEW;
        }
        return fedBack[row] ? Voices.Link.FED_BACK : Voices.Link.FOLLOWS;
    }

    /** How the event of a row that was finished met the interval of the forecast made for it. */
    Head.Verdict interval(int row) {
        return intervals[row];
    }

    /** How the event of a row that was finished met the forecast made for it. */
    Head.Verdict verdict(int row) {
        return verdicts[row];
    }

    /** What became of the key of a row that was finished. */
    KeyChanges changes(int row) {
        return changes[row];
    }

    private void keep(int row, KeyMemory memory) {
        System.arraycopy(next, row * stateSize, memory.layers(), memory.at(), stateSize);
        parts.rules().noteSequence(event(row), memory);
        int kept = parts.config().sequence().keptInputs();
        if (kept == 0) {
            memory.keepInputs(null);
        } else {
            KeptInputs inputs =
                    KeptInputs.fitting(
                            starts[row].startsAnew() ? null : memory.inputs(), kept, width);
            inputs.add(x, row * width);
            memory.keepInputs(inputs);
        }
        memory.dropOrders(memory.lastTime());
    }

    private Forecast<K> forecast(
            int row,
            KeyMemory memory,
            double[] values,
            double @Nullable [] made,
            WeightUpdate weights) {
        Event<K> event = event(row);
        double target = intake.target(memory);
        double label = event.marks().label();
        return new Forecast<>(
                event.key(),
                event.time(),
                memory.step(),
                values,
                head.raw(values, memory),
                weights.generation(),
                weights.number(),
                memory.stepsSinceReset() == 1,
                memory.stepsSinceReset(),
                given
                        ? head.labelError(label, head.kept(values)[0])
                        : head.error(target, made == null ? Double.NaN : made[0]),
                given
                        ? head.labelError(label, target)
                        : head.error(target, fedBack[row] ? Double.NaN : persistence[row]),
                false,
                voices.spoken().low(),
                voices.spoken().high(),
                voices.anomaly(),
                voices.spoken().speaker().toString(),
                voices.spoken().share(),
                voices.spoken().told());
    }

    /** Lets go of the rows. */
    void clear() {
        events.clear();
        residents.clear();
    }
}
