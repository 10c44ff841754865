package org.cellstream.features;

/**
 * The value some events ago; while fewer were seen, the oldest one seen.
 *
 * @param events how many accepted events of the key ago, from 1 to {@link #MOST}
 */
record Lag(int events) implements Transform {

    /** A key remembers every value of a lag, so the state of all keys grows by 8 bytes for each. */
    static final int MOST = 10_000;

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        if (seen == 0) {
            return value;
        }
        return seen < events ? memory[offset] : memory[slot(offset, seen)];
    }

    @Override
    public void remember(double value, double[] memory, int offset, long seen) {
        memory[slot(offset, seen)] = value;
    }

    private int slot(int offset, long seen) {
        return offset + (int) (seen % events);
    }

    @Override
    public int memorySize() {
        return events;
    }

    @Override
    public boolean undoable() {
        return false;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        throw new IllegalStateException(this + " cannot be undone");
    }

    /** The text that the grammar reads: {@code lag(5)}. */
    @Override
    public String toString() {
        return "lag(" + events + ")";
    }
}
