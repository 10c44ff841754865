package org.cellstream.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cellstream.config.StandardisationConfig;
import org.jspecify.annotations.Nullable;

/**
 * Turns the numbers of one event after the other into rows of the network's input, and forecasts
 * back into the target's unit. It serves any number of keys: what it must know of one is in that
 * key's memory, an array of {@link #memorySize()} doubles, all 0 for a fresh key. One thread.
 *
 * <p>Between calls it holds nothing of any event: who puts back a copy of a memory made before an
 * event has taken that event back.
 *
 * <p>Each column counts its own events, and so does the target: in a memory that came from {@link
 * FeatureMapping} some may be warm and others cold.
 */
public final class FeaturePipeline {

    /** In place of a field: the column's source is none, or has no divisor. */
    private static final int NONE = -1;

    private final FailureMessages messages;
    private final Standardisation running;
    private final int fields;
    private final int count;
    private final int width;
    private final int target;
    private final MemoryLayout layout;
    private final boolean undoable;

    /** Indices among an event's numbers, or {@link #NONE}. */
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

    private final Source[] sources;
    private final InputForm[] forms;

    /** Of each field whether an event may come without it. */
    private final boolean[] mayBeMissing;

    /** How each column is standardised, if it is, and the time since one that may be missing. */
    private final Standardisation[] standardisations;

    private final Standardisation[] sinces;

    /** Where each column's numbers are in a row. */
    private final int[] inputs;

    private final int fingerprint;
    private final int mostOfPrior;
    private @Nullable Prior prior;

    /**
     * What the event at hand hands to each transform, and its columns' values; remembered once all
     * of it is accepted.
     */
    private final double[] transformInputs;

    private final double[] values;

    public FeaturePipeline(Columns columns, StandardisationConfig config) {
        fingerprint = columns.fingerprint() + config.scaling().toString().hashCode();
        mostOfPrior = config.prior();
        messages = new FailureMessages(columns);
        running = Standardisation.of(config);
        fields = columns.fields().size();
        count = columns.columns().size();
        width = columns.width();
        target = columns.targetIndex();
        layout = new MemoryLayout(columns);
        inputs = columns.inputStarts();
        fieldOf = fieldsOf(columns);
        divisorOf = divisorsOf(columns);
        firstTransform = new int[count + 1];
        columnMemory = new int[count];
        sources = columns.columns().stream().map(Column::source).toArray(Source[]::new);
        forms = columns.columns().stream().map(Column::form).toArray(InputForm[]::new);
        values = new double[count];
        mayBeMissing = mayBeMissing(columns);
        standardisations = Collections.nCopies(count, running).toArray(new Standardisation[0]);
        sinces = standardisations.clone();
        List<Transform> all = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            Column column = columns.columns().get(c);
            columnMemory[c] = layout.start(c);
            int end = layout.start(c) + column.statisticsSize();
            for (Transform transform : column.transforms()) {
                all.add(transform);
                starts.add(end);
                end += transform.memorySize();
            }
            firstTransform[c + 1] = all.size();
        }
        transforms = all.toArray(new Transform[0]);
        transformInputs = new double[transforms.length];
        transformMemory = starts.stream().mapToInt(Integer::intValue).toArray();
        undoable = columns.targetColumn().transforms().stream().allMatch(Transform::undoable);
    }

    /**
     * Standardises with means and scales that are the same for every key.
     *
     * @param mean {@code [columns.width()]}, in the order of {@link Columns#inputs}
     * @param scale {@code [columns.width()]}
     * @throws IllegalArgumentException if there are not as many, a scale divides nothing, or the
     *     input of a category or an angle is to be changed
     */
    static FeaturePipeline fixed(Columns columns, double[] mean, double[] scale) {
        // What it says of running statistics is not read: there are none.
        StandardisationConfig config = new StandardisationConfig(1, 1);
        FeaturePipeline pipeline = new FeaturePipeline(columns, config);
        if (mean.length != columns.width() || scale.length != columns.width()) {
            throw new IllegalArgumentException(
                    "%d means and %d scales; the columns make %d inputs"
                            .formatted(mean.length, scale.length, columns.width()));
        }
        for (int c = 0; c < pipeline.count; c++) {
            int at = pipeline.inputs[c];
            int first = at;
            if (pipeline.forms[c].isStandardised()) {
                pipeline.standardisations[c] = fixed(config, mean[at], scale[at]);
                first++;
            }
            if (pipeline.forms[c] == InputForm.MAY_BE_MISSING) {
                pipeline.sinces[c] = fixed(config, mean[at + 2], scale[at + 2]);
                checkUnchanged(columns, c, mean[at + 1], scale[at + 1]);
                continue;
            }
            for (int i = first; i < at + pipeline.forms[c].width(); i++) {
                checkUnchanged(columns, c, mean[i], scale[i]);
            }
        }
        return pipeline;
    }

    private static Standardisation fixed(StandardisationConfig config, double mean, double scale) {
        if (!Double.isFinite(mean / scale)) {
            throw new IllegalArgumentException(
                    "mean %s, scale %s; need numbers, and no scale 0".formatted(mean, scale));
        }
        return new FixedStandardisation(config, mean, scale);
    }

    private static void checkUnchanged(Columns columns, int c, double mean, double scale) {
        if (mean != 0 || scale != 1) {
            throw new IllegalArgumentException(
                    "column %s has a category, an angle or a mark with mean %s and scale %s; need 0 and 1"
                            .formatted(columns.names().get(c), mean, scale));
        }
    }

    private static boolean[] mayBeMissing(Columns columns) {
        boolean[] may = new boolean[columns.fields().size()];
        for (String field : columns.fieldsThatMayBeMissing()) {
            may[field(columns, field)] = true;
        }
        return may;
    }

    private static int[] fieldsOf(Columns columns) {
        return columns.columns().stream()
                .map(Column::source)
                .mapToInt(s -> s.isOfFields() ? field(columns, s.field()) : NONE)
                .toArray();
    }

    private static int[] divisorsOf(Columns columns) {
        return columns.columns().stream()
                .mapToInt(c -> field(columns, c.source().divisor()))
                .toArray();
    }

    private static int field(Columns columns, @Nullable String name) {
        return name == null ? NONE : columns.fields().indexOf(name);
    }

    /** Doubles that are remembered of one key. */
    public int memorySize() {
        return layout.size();
    }

    /**
     * Takes in the next event of a key: transforms its numbers, updates the key's statistics with
     * them and writes the row. The row is standardised with statistics that include this event, and
     * cut to the configured clip. Allocates nothing unless the event is rejected.
     *
     * @param numbers one per field of the columns, NaN where the event has no value; read only
     * @param facts what else the columns may read of the event
     * @param memory memory of the key; unchanged if the event is rejected
     * @param rows where the row goes, from {@code offset} on, in the order of {@link
     *     Columns#inputs}; unchanged if the event is rejected
     * @return why the event is rejected, or null if it is accepted
     * @throws IllegalArgumentException if an array is of the wrong size
     */
    public @Nullable FeatureFailure advance(
            double[] numbers, EventFacts facts, double[] memory, float[] rows, int offset) {
        checkSizes(numbers, memory, rows, offset);
        for (int f = 0; f < fields; f++) {
            if (!Double.isFinite(numbers[f]) && !(mayBeMissing[f] && Double.isNaN(numbers[f]))) {
                return messages.number(f, numbers[f]);
            }
        }
        for (int c = 0; c < count; c++) {
            FeatureFailure failure = transform(c, numbers, facts, memory);
            if (failure != null) {
                return failure;
            }
        }
        accept(facts, memory, rows, offset);
        return null;
    }

    /**
     * Lets keys never seen start from what is usual among others, instead of from nothing: their
     * columns' statistics and the scale of their target's changes.
     *
     * @param usual what {@link Population#prior} gave; not used if that is for other columns or
     *     another scaling. Null for nothing
     */
    public void startFrom(double @Nullable [] usual) {
        prior = Prior.of(usual, fingerprint, count, mostOfPrior);
    }

    /** A number that another pipeline shares only if a prior of its keys fits this one's. */
    int fingerprint() {
        return fingerprint;
    }

    /** How many numbers {@link #statistics} gives. */
    int statisticsSize() {
        return 1 + 2 * count;
    }

    /**
     * Writes what a population has to know of a key: the scale of its target's changes, then
     * location and scale of each column, NaN and 0 of one that is not standardised or had no value.
     */
    void statistics(double[] memory, double[] into, int offset) {
        into[offset] = changeScale(memory);
        for (int c = 0; c < count; c++) {
            int at = columnMemory[c];
            boolean known = forms[c].isStandardised() && Standardisation.count(memory, at) > 0;
            into[offset + 1 + 2 * c] =
                    known ? standardisations[c].location(memory, at) : Double.NaN;
            into[offset + 2 + 2 * c] = known ? standardisations[c].scale(memory, at) : 0;
        }
    }

    private @Nullable FeatureFailure transform(
            int c, double[] numbers, EventFacts facts, double[] memory) {
        if (forms[c] == InputForm.MAY_BE_MISSING && isMissing(c, numbers)) {
            values[c] = Double.NaN;
            return null;
        }
        double value = fieldOf[c] == NONE ? facts.of(sources[c]) : numbers[fieldOf[c]];
        if (divisorOf[c] != NONE) {
            value /= numbers[divisorOf[c]];
            if (!Double.isFinite(value)) {
                return messages.ratio(c, numbers);
            }
        }
        long seen = Standardisation.count(memory, columnMemory[c]);
        for (int t = firstTransform[c]; t < firstTransform[c + 1]; t++) {
            transformInputs[t] = value;
            value = transforms[t].apply(value, memory, transformMemory[t], seen);
            if (!Double.isFinite(value)) {
                return messages.transform(c, transforms[t], transformInputs[t], numbers, facts);
            }
        }
        values[c] = value;
        return null;
    }

    private boolean isMissing(int c, double[] numbers) {
        return Double.isNaN(numbers[fieldOf[c]])
                || (divisorOf[c] != NONE && Double.isNaN(numbers[divisorOf[c]]));
    }

    private void accept(EventFacts facts, double[] memory, float[] rows, int offset) {
        for (int c = 0; c < count; c++) {
            if (Double.isNaN(values[c])) {
                writeMissing(c, facts, memory, rows, offset + inputs[c]);
                continue;
            }
            long seen = Standardisation.count(memory, columnMemory[c]);
            for (int t = firstTransform[c]; t < firstTransform[c + 1]; t++) {
                transforms[t].remember(transformInputs[t], memory, transformMemory[t], seen);
            }
            write(c, facts, memory, rows, offset + inputs[c]);
        }
        double before = memory[MemoryLayout.TARGET_COUNT];
        if (before == 0 && prior != null) {
            Usual changes = prior.changes();
            before = StartedCount.of(0, changes.scaleEvents());
            memory[MemoryLayout.CHANGE_SCALE] = changes.scaleEvents() > 0 ? changes.scale() : 0;
        } else if (before > 0) {
            memory[MemoryLayout.CHANGE_SCALE] =
                    running.changeScale(
                            memory[MemoryLayout.CHANGE_SCALE],
                            values[target] - memory[MemoryLayout.TARGET],
                            before);
        }
        memory[MemoryLayout.TARGET_COUNT] = before + 1;
        memory[MemoryLayout.TARGET] = values[target];
    }

    /** Writes a column's numbers of the row from {@code at} on, and counts its value. */
    private void write(int c, EventFacts facts, double[] memory, float[] rows, int at) {
        double value = values[c];
        if (forms[c].isStandardised()) {
            if (prior != null && memory[columnMemory[c]] == 0) {
                standardisations[c].start(prior.column(c), memory, columnMemory[c]);
            }
            rows[at] = standardisations[c].advance(value, memory, columnMemory[c]);
            if (forms[c] == InputForm.MAY_BE_MISSING) {
                int own = memoryOfMissing(c);
                memory[own + Missing.LAST] = rows[at];
                memory[own + Missing.TIME] = facts.timeSeconds();
                rows[at + 1] = 0;
                rows[at + 2] = sinces[c].advance(0, memory, own + Missing.SINCE);
            }
            return;
        }
        Standardisation.countOne(memory, columnMemory[c]);
        if (forms[c] == InputForm.INDEX) {
            rows[at] = (float) value;
        } else {
            rows[at] = (float) StrictMath.sin(value);
            rows[at + 1] = (float) StrictMath.cos(value);
        }
    }

    /** Writes the numbers of a column whose value is missing; its statistics stay as they are. */
    private void writeMissing(int c, EventFacts facts, double[] memory, float[] rows, int at) {
        int own = memoryOfMissing(c);
        boolean came = Standardisation.count(memory, columnMemory[c]) > 0;
        double since = came ? Math.max(0, facts.timeSeconds() - memory[own + Missing.TIME]) : 0;
        rows[at] = came ? (float) memory[own + Missing.LAST] : 0;
        rows[at + 1] = 1;
        rows[at + 2] = sinces[c].advance(StrictMath.log1p(since), memory, own + Missing.SINCE);
    }

    /** Where what {@link Missing}, a column's last transform, remembers starts. */
    private int memoryOfMissing(int c) {
        return transformMemory[firstTransform[c + 1] - 1];
    }

    private void checkSizes(double[] numbers, double[] memory, float[] rows, int offset) {
        if (numbers.length != fields) {
            throw new IllegalArgumentException(
                    "event has %d numbers; the columns read %d fields: %s"
                            .formatted(numbers.length, fields, messages.fields()));
        }
        layout.check(memory);
        if (offset < 0 || offset > rows.length - width) {
            throw new IllegalArgumentException(
                    "row of %d inputs at %d does not fit into %d floats"
                            .formatted(width, offset, rows.length));
        }
    }

    /**
     * Whether {@link #target} means anything: not in a fresh memory, nor in one from a {@link
     * FeatureMapping} that did not keep the target, until an event has been accepted.
     */
    public boolean hasTarget(double[] memory) {
        layout.check(memory);
        return memory[MemoryLayout.TARGET_COUNT] > 0;
    }

    /**
     * The target at the key's last accepted event, after its transforms and before standardisation;
     * 0 if there is none, see {@link #hasTarget}.
     */
    public double target(double[] memory) {
        layout.check(memory);
        return memory[MemoryLayout.TARGET];
    }

    /**
     * The running root mean square of the target's change from one event of the key to the next:
     * the error of repeating the last value, and so the unit in which a network forecasts. 0 while
     * it is unknown or the target has not varied.
     */
    public double changeScale(double[] memory) {
        layout.check(memory);
        return Standardisation.above0(
                memory[MemoryLayout.CHANGE_SCALE], memory[MemoryLayout.TARGET]);
    }

    /**
     * Whether the target's transforms can be undone: {@code lag}, {@code abs} and {@code clip} lose
     * what that needs.
     */
    public boolean undoable() {
        return undoable;
    }

    /** Whether an event lacks the target's field, of which {@link #undo} gives a forecast. */
    public boolean missesTarget(double[] numbers) {
        return numbers.length == fields && Double.isNaN(numbers[fieldOf[target]]);
    }

    /**
     * The numbers of an event with a forecast in the place of its target; where that is a ratio,
     * the field below stays.
     *
     * @param numbers read only
     * @param value the forecast of the target, in its unit after its transforms
     * @param memory memory of the key as it was when the forecast was made
     * @return a new array
     */
    public double[] withTarget(double[] numbers, double value, double[] memory) {
        double[] fed = numbers.clone();
        double raw = undo(value, memory);
        fed[fieldOf[target]] = divisorOf[target] == NONE ? raw : raw * fed[divisorOf[target]];
        return fed;
    }

    /** Why an event that misses its target is rejected where its key has no forecast. */
    public FeatureFailure noForecast() {
        return messages.noForecast();
    }

    /**
     * Undoes the target's transforms for a forecast of the key's next event: {@code diff} adds the
     * last value, {@code log} is undone by exp. Of a ratio it gives the ratio, not the field above
     * the slash. A result too large for a double is the largest double.
     *
     * @param value a forecast in the unit of the target after its transforms
     * @param memory memory of a key that {@link #hasTarget}, read only
     * @throws IllegalStateException if the target is not {@link #undoable()}
     */
    public double undo(double value, double[] memory) {
        layout.check(memory);
        double undone = value;
        for (int t = firstTransform[target + 1] - 1; t >= firstTransform[target]; t--) {
            undone = transforms[t].undo(undone, memory, transformMemory[t]);
        }
        return undone;
    }
}
