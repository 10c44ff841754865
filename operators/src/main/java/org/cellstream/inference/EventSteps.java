package org.cellstream.inference;

import java.io.IOException;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.Resident;
import org.jspecify.annotations.Nullable;

/** Steps the events of a micro-batch, wave by wave, and says what each led to. */
final class EventSteps<K> {

    private final ForecasterParts<K> parts;
    private final ForecasterOutput<K> output;
    private final Wave<K> wave;
    private final LateEvents<K> lateEvents;
    private final @Nullable WholeSequences<K> wholeSequences;
    private final Object[] keys;
    private long waves;

    EventSteps(ForecasterParts<K> parts, ForecasterOutput<K> output) {
        this.parts = parts;
        this.output = output;
        int maxRows = parts.config().batch().maxRows();
        this.wave = new Wave<>(parts, maxRows, 0);
        this.keys = new Object[maxRows];
        this.lateEvents = new LateEvents<>(parts, maxRows);
        boolean sequences = parts.config().sequence().mode().isSequence();
        boolean whole = sequences && parts.tools().stepper().network().readsWholeWindows();
        this.wholeSequences = whole ? new WholeSequences<>(parts) : null;
    }

    /** Spare rows among the states that this needs. */
    static int spareRows(int maxRows) {
        return maxRows + 1;
    }

    /**
     * Steps waiting events, wave by wave, until few enough wait: their keys have had an event in
     * each wave.
     *
     * @param batch of which those that were not stepped are left
     * @param most how many may be left
     */
    void step(MicroBatch<K> batch, int most, WeightUpdate weights) throws IOException {
        warm(batch);
        while (batch.rows() > most) {
            waves++;
            int left = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (!gather(batch.get(row), weights)) {
                    batch.move(row, left++);
                }
            }
            batch.keep(left);
            step(weights);
        }
    }

    private void warm(MicroBatch<K> batch) {
        for (int row = 0; row < batch.rows(); row++) {
            keys[row] = batch.get(row).key();
        }
        parts.residents().warm(keys, batch.rows());
    }

    /** Takes an event into the wave at hand; false if its key has had one in it already. */
    private boolean gather(Event<K> event, WeightUpdate weights) throws IOException {
        if (event.marks().masked()) {
            parts.metrics().masked();
            return true;
        }
        Resident<K> resident = parts.residents().of(event.key());
        if (!resident.joins(waves)) {
            return false;
        }
        if (parts.intake().isLate(event, resident.memory())) {
            takeInLate(event, resident, weights);
        } else if (wholeSequences != null) {
            WholeSequences.Outcome<K> outcome = wholeSequences.take(event, resident, weights);
            outcome.forecasts().forEach(output::forecast);
            outcome.rejected().forEach(output::rejected);
        } else {
            Rejected rejected = wave.add(event, false, resident, weights);
            if (rejected != null) {
                output.rejected(rejected);
            }
        }
        return true;
    }

    private void takeInLate(Event<K> event, Resident<K> resident, WeightUpdate weights)
            throws IOException {
        LateEvents.Outcome<K> outcome = lateEvents.takeIn(event, resident, weights);
        if (outcome == null) {
            output.late(event);
        } else if (outcome.rejected() != null) {
            if (outcome.rejected().cause() == Rejected.Cause.NOT_FINITE) {
                parts.metrics().quarantined();
            }
            output.rejected(outcome.rejected());
        } else {
            outcome.forecasts().forEach(output::forecast);
        }
    }

    private void step(WeightUpdate weights) {
        if (wave.rows() == 0) {
            return;
        }
        long start = System.nanoTime();
        wave.step();
        parts.metrics().stepped(System.nanoTime() - start);
        for (int row = 0; row < wave.rows(); row++) {
            Forecast<K> forecast = wave.finish(row, weights);
            if (forecast != null) {
                parts.metrics().met(wave.verdict(row));
                parts.metrics().spoke(forecast.spoke(), wave.interval(row));
                parts.metrics().changed(wave.changes(row));
                if (parts.rules().tells(wave.event(row))) {
                    output.forecast(forecast);
                }
            } else {
                parts.metrics().quarantined();
                output.rejected(NotFinite.step(wave.event(row)));
            }
        }
        wave.clear();
    }
}
