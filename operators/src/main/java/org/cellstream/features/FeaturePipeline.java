package org.cellstream.features;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.StandardisationConfig;
import org.jspecify.annotations.Nullable;

/**
 * Turns the numbers of one event after the other into rows of the network's input, and forecasts
 * back into the target's unit. It serves any number of keys: what it must know of one is in that
 * key's memory, an array of {@link #memorySize()} doubles, all 0 for a fresh key. One thread.
 */
public final class FeaturePipeline {

    /**
     * In every memory: accepted events, the target at the last of them, the scale of its changes,
     * then the columns.
     */
    private static final int COUNT = 0;

    private static final int TARGET = 1;
    private static final int CHANGE_SCALE = 2;
    private static final int FIRST_COLUMN = 3;

    private final FailureMessages messages;
    private final Standardisation standardisation;
    private final int fields;
    private final int width;
    private final int target;
    private final int memorySize;
    private final boolean undoable;

    /** Indices among an event's numbers; the divisor is -1 for a column that is no ratio. */
    private final int[] fieldOf;

    private final int[] divisorOf;

    /**
     * The transforms of all columns in a row: those of column c are from firstTransform[c] to
     * before firstTransform[c + 1].
     */
    private final Transform[] transforms;

    private final int[] firstTransform;

    /** Where each transform's and each column's part of a memory starts. */
    private final int[] transformMemory;

    private final int[] columnMemory;

    /**
     * What the event at hand hands to each transform, and its columns' values; remembered once all
     * of it is accepted.
     */
    private final double[] transformInputs;

    private final double[] values;

    public FeaturePipeline(Columns columns, StandardisationConfig config) {
        messages = new FailureMessages(columns);
        standardisation = new Standardisation(config);
        fields = columns.fields().size();
        width = columns.width();
        target = columns.targetIndex();
        fieldOf = new int[width];
        divisorOf = new int[width];
        firstTransform = new int[width + 1];
        columnMemory = new int[width];
        values = new double[width];
        List<Transform> all = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            Column column = columns.columns().get(c);
            String divisor = column.source().divisor();
            fieldOf[c] = columns.fields().indexOf(column.source().field());
            divisorOf[c] = divisor == null ? -1 : columns.fields().indexOf(divisor);
            columnMemory[c] = FIRST_COLUMN + c * Standardisation.MEMORY_SIZE;
            all.addAll(column.transforms());
            firstTransform[c + 1] = all.size();
        }
        transforms = all.toArray(new Transform[0]);
        transformInputs = new double[transforms.length];
        transformMemory = new int[transforms.length];
        int end = FIRST_COLUMN + width * Standardisation.MEMORY_SIZE;
        for (int t = 0; t < transforms.length; t++) {
            transformMemory[t] = end;
            end = Math.addExact(end, transforms[t].memorySize());
        }
        memorySize = end;
        undoable =
                columns.columns().get(target).transforms().stream().allMatch(Transform::undoable);
    }

    /** Doubles that are remembered of one key. */
    public int memorySize() {
        return memorySize;
    }

    /**
     * Takes in the next event of a key: transforms its numbers, updates the key's statistics with
     * them and writes the row. The row is standardised with statistics that include this event, and
     * cut to the configured clip. Allocates nothing unless the event is rejected.
     *
     * @param numbers one per field of the columns, NaN where the event has no value; read only
     * @param memory memory of the key; unchanged if the event is rejected
     * @param rows where the row goes, from {@code offset} on, one float per column; unchanged if
     *     the event is rejected
     * @return why the event is rejected, or null if it is accepted
     * @throws IllegalArgumentException if an array is of the wrong size
     */
    public @Nullable FeatureFailure advance(
            double[] numbers, double[] memory, float[] rows, int offset) {
        checkSizes(numbers, memory, rows, offset);
        for (int f = 0; f < fields; f++) {
            if (!Double.isFinite(numbers[f])) {
                return messages.number(f, numbers[f]);
            }
        }
        long seen = (long) memory[COUNT];
        for (int c = 0; c < width; c++) {
            FeatureFailure failure = transform(c, numbers, memory, seen);
            if (failure != null) {
                return failure;
            }
        }
        accept(memory, seen, rows, offset);
        return null;
    }

    private @Nullable FeatureFailure transform(
            int c, double[] numbers, double[] memory, long seen) {
        double value = numbers[fieldOf[c]];
        if (divisorOf[c] >= 0) {
            value /= numbers[divisorOf[c]];
            if (!Double.isFinite(value)) {
                return messages.ratio(c, numbers);
            }
        }
        for (int t = firstTransform[c]; t < firstTransform[c + 1]; t++) {
            transformInputs[t] = value;
            value = transforms[t].apply(value, memory, transformMemory[t], seen);
            if (!Double.isFinite(value)) {
                return messages.transform(c, transforms[t], transformInputs[t], numbers);
            }
        }
        values[c] = value;
        return null;
    }

    private void accept(double[] memory, long seen, float[] rows, int offset) {
        for (int t = 0; t < transforms.length; t++) {
            transforms[t].remember(transformInputs[t], memory, transformMemory[t], seen);
        }
        double count = seen + 1;
        for (int c = 0; c < width; c++) {
            rows[offset + c] = standardisation.advance(values[c], count, memory, columnMemory[c]);
        }
        if (seen > 0) {
            memory[CHANGE_SCALE] =
                    standardisation.changeScale(
                            memory[CHANGE_SCALE], values[target] - memory[TARGET], (double) seen);
        }
        memory[COUNT] = count;
        memory[TARGET] = values[target];
    }

    private void checkSizes(double[] numbers, double[] memory, float[] rows, int offset) {
        if (numbers.length != fields) {
            throw new IllegalArgumentException(
                    "event has %d numbers; the columns read %d fields: %s"
                            .formatted(numbers.length, fields, messages.fields()));
        }
        checkMemory(memory);
        if (offset < 0 || offset > rows.length - width) {
            throw new IllegalArgumentException(
                    "row of %d columns at %d does not fit into %d floats"
                            .formatted(width, offset, rows.length));
        }
    }

    private void checkMemory(double[] memory) {
        if (memory.length != memorySize) {
            throw new IllegalArgumentException(
                    "memory has %d doubles; these columns need %d"
                            .formatted(memory.length, memorySize));
        }
    }

    /**
     * The target at the key's last accepted event, after its transforms and before standardisation;
     * 0 before the first.
     */
    public double target(double[] memory) {
        checkMemory(memory);
        return memory[TARGET];
    }

    /**
     * The running root mean square of the target's change from one event of the key to the next:
     * the error of repeating the last value, and so the unit in which a network forecasts. 0 while
     * it is unknown or the target has not varied.
     */
    public double changeScale(double[] memory) {
        checkMemory(memory);
        return Standardisation.above0(memory[CHANGE_SCALE], memory[TARGET]);
    }

    /**
     * Whether the target's transforms can be undone: {@code lag}, {@code abs} and {@code clip} lose
     * what that needs.
     */
    public boolean undoable() {
        return undoable;
    }

    /**
     * Undoes the target's transforms for a forecast of the key's next event: {@code diff} adds the
     * last value, {@code log} is undone by exp. Of a ratio it gives the ratio, not the field above
     * the slash. A result too large for a double is the largest double.
     *
     * @param value a forecast in the unit of the target after its transforms
     * @param memory memory of the key, read only
     * @throws IllegalStateException if the target is not {@link #undoable()}
     */
    public double undo(double value, double[] memory) {
        checkMemory(memory);
        double undone = value;
        for (int t = firstTransform[target + 1] - 1; t >= firstTransform[target]; t--) {
            undone = transforms[t].undo(undone, memory, transformMemory[t]);
        }
        return undone;
    }
}
