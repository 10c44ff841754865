package org.cellstream.features;

/** The difference to the value at the key's previous accepted event; 0 at the first. */
record Diff() implements Transform {

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return seen == 0 ? 0 : value - memory[offset];
    }

    @Override
    public void remember(double value, double[] memory, int offset, long seen) {
        memory[offset] = value;
    }

    @Override
    public int memorySize() {
        return 1;
    }

    @Override
    public boolean undoable() {
        return true;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        return Transform.finite(memory[offset] + value);
    }

    @Override
    public String takes() {
        return "numbers whose difference to the previous one is finite";
    }

    @Override
    public String toString() {
        return "diff";
    }
}
