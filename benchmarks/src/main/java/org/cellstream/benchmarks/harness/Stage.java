package org.cellstream.benchmarks.harness;

/**
 * Some items that a source is told to emit.
 *
 * @param number counts the stages of a source, from 1
 * @param draw which keys
 * @param first the first key; of weights their number
 * @param keys how many keys
 * @param count items of all subtasks together
 * @param perSecond how many a second; 0 for as fast as they are taken
 * @param begin nanoseconds at which the first is due, by this JVM's clock
 */
record Stage(
        long number, Draw draw, long first, long keys, long count, double perSecond, long begin) {

    private static final double SECOND = 1e9;

    /** How many of the items a subtask emits. */
    long share(int subtask, int subtasks) {
        return count / subtasks + (subtask < count % subtasks ? 1 : 0);
    }

    /** When an item is due, by this JVM's clock; each subtask emits every so many-th. */
    long due(long index, int subtasks) {
        return begin + (long) (index * subtasks * SECOND / perSecond);
    }
}
