package org.cellstream.nn;

import java.util.List;

/**
 * A categorical input: a row of learned numbers for each category. One column of the input row
 * holds the category's index, 0 to {@code categories - 1}; the output row is the other columns in
 * their order, then the units of that category. In text {@code embedding(categories, units)}, and
 * {@code column=n} where the index is not in the last column.
 *
 * <p>An index that is no whole number or out of range gives a row of NaN: no category could be
 * meant. The operators quarantine such an event.
 *
 * @param categories how many there are
 * @param units numbers of a category
 * @param column which input holds the index, from 0; {@link #LAST} for the last
 */
public record Embedding(int categories, int units, int column) implements Layer {

    /** Stands for the last column, however many there are. */
    public static final int LAST = -1;

    public Embedding {
        if (categories < 1 || units < 1) {
            throw new IllegalArgumentException(
                    "embedding has %d categories of %d units; need at least 1 of each"
                            .formatted(categories, units));
        }
        if (column < LAST) {
            throw new IllegalArgumentException(
                    "column of embedding is " + column + "; need 0 or more, or -1 for the last");
        }
    }

    static Embedding read(LayerWord word) {
        word.takes("categories", "units", "column=");
        int column = word.has("column") ? word.whole("column", 0) : LAST;
        return new Embedding(word.size("categories"), word.size("units"), column);
    }

    /** Which of {@code inputs} columns holds the index. */
    public int columnOf(int inputs) {
        return column == LAST ? inputs - 1 : column;
    }

    /** The category of an index; -1 if it is none. */
    public int category(double index) {
        int category = (int) index;
        return category == index && category >= 0 && category < categories ? category : -1;
    }

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public int outputs(int inputs) {
        if (column >= inputs) {
            throw new IllegalArgumentException(
                    "column of %s is %d; its input row has %d, counted from 0"
                            .formatted(this, column, inputs));
        }
        return Layer.width(this, inputs - 1L + units);
    }

    @Override
    public int stateSize() {
        return 0;
    }

    @Override
    public List<Parameter> parameters(String name, int inputs) {
        return List.of(new Parameter(name + ".weight", categories, units));
    }

    @Override
    public LayerActivations activations(int inputs, WindowShape shape) {
        return OutputActivations.of(outputs(inputs), shape);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.embedding(this);
    }

    @Override
    public String toString() {
        String last = column == LAST ? "" : ", column=" + column;
        return "embedding(" + categories + ", " + units + last + ")";
    }
}
