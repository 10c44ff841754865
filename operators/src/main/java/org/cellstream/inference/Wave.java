package org.cellstream.inference;

import java.util.Arrays;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are stepped in one go: gathers memories into flat arrays, steps them, scatters the
 * results and makes the forecasts. Buffers are reused from wave to wave.
 */
final class Wave<K> {

    private final Intake intake;
    private final Stepper stepper;
    private final int width;
    private final int stateSize;
    private final float[] x;
    private final float[] state;
    private final float[] next;
    private final float[] y;
    private final @Nullable Event<K>[] events;
    private final @Nullable KeyMemory[] memories;
    private final double[] persistence;
    private int rows;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic record
    Wave(Network network, Intake intake, Stepper stepper, int maxRows) {
        this.intake = intake;
        this.stepper = stepper;
        this.width = network.inputs();
        this.stateSize = network.stateSize();
        this.x = new float[maxRows * width];
        this.state = new float[maxRows * stateSize];
        this.next = new float[maxRows * stateSize];
        this.y = new float[maxRows];
        this.events = new Event[maxRows];
        this.memories = new KeyMemory[maxRows];
        this.persistence = new double[maxRows];
    }

    /** Where the next row's inputs go. */
    float[] inputs() {
        return x;
    }

    /** Offset of the next row in {@link #inputs}. */
    int nextOffset() {
        return rows * width;
    }

    /**
     * Adds an event whose row stands at {@link #nextOffset} and which its memory has taken in.
     *
     * @param lastTarget the target of the key's event before this one; NaN if there is none
     */
    void add(Event<K> event, KeyMemory memory, double lastTarget) {
        System.arraycopy(memory.layers(), 0, state, rows * stateSize, stateSize);
        events[rows] = event;
        memories[rows] = memory;
        persistence[rows] = lastTarget;
        rows++;
    }

    int rows() {
        return rows;
    }

    /** Advances all rows by one time step and moves their new states into their memories. */
    void step() {
        stepper.step(rows, x, state, next, y);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(next, row * stateSize, memory(row).layers(), 0, stateSize);
        }
    }

    /** The forecast of a stepped row, which its memory keeps for the key's next event. */
    Forecast<K> forecast(int row, WeightUpdate weights) {
        Event<K> event = event(row);
        KeyMemory memory = memory(row);
        double target = intake.target(memory);
        // The network predicts the change in units of the key's scale: a network that knows nothing
        // repeats the last value.
        double value = target + intake.changeScale(memory) * y[row];
        double[] made = memory.forecast();
        memory.keepForecast(new double[] {value});
        return new Forecast<>(
                event.key(),
                event.time(),
                memory.step(),
                new double[] {value},
                intake.undo(value, memory),
                weights.generation(),
                weights.number(),
                memory.stepsSinceReset() == 1,
                memory.stepsSinceReset(),
                made == null ? Double.NaN : target - made[0],
                target - persistence[row]);
    }

    /** Lets go of the rows. */
    void clear() {
        Arrays.fill(events, 0, rows, null);
        Arrays.fill(memories, 0, rows, null);
        rows = 0;
    }

    private Event<K> event(int row) {
        Event<K> event = events[row];
        if (event == null) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return event;
    }

    private KeyMemory memory(int row) {
        KeyMemory memory = memories[row];
        if (memory == null) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return memory;
    }
}
