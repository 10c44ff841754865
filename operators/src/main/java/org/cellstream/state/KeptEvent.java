package org.cellstream.state;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * An event that a key keeps so that it can be stepped again.
 *
 * @param time event time, epoch milliseconds
 * @param numbers one per field of the columns
 * @param partition Kafka partition it was read from, or -1
 * @param offset Kafka offset it was read from, or -1
 */
@Internal
public record KeptEvent(long time, double[] numbers, int partition, long offset) {

    @Override
    public boolean equals(Object o) {
        return o instanceof KeptEvent e
                && time == e.time
                && Arrays.equals(numbers, e.numbers)
                && partition == e.partition
                && offset == e.offset;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time) * 31 + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "KeptEvent[at %d, %s]".formatted(time, Arrays.toString(numbers));
    }
}
