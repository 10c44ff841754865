package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Cuts minibatches into rounds, in each of which every key has about one window: a round ends when
 * half of the keys that began it have had another one, or after {@link #LONGEST} minibatches, for
 * keys that never return or are too many. Public so that Flink's serializer reaches it.
 *
 * @param began hashes of keys that began the round, distinct, at most {@link #WATCHED}
 * @param returned bit i is set if key i has had another window
 * @param minibatches minibatches of the round so far; 0 if it has ended
 */
@Internal
public record Rounds(long[] began, long returned, int minibatches) {

    /** Minibatches after which a round ends in any case. */
    static final int LONGEST = 50;

    private static final int WATCHED = Long.SIZE;

    /** Before the first minibatch. */
    static final Rounds NEW = new Rounds(new long[0], 0, 0);

    /** The Flink type of these records. */
    static TypeInformation<Rounds> type() {
        return Types.POJO(
                Rounds.class,
                Map.of(
                        "began", Types.PRIMITIVE_ARRAY(Types.LONG),
                        "returned", Types.LONG,
                        "minibatches", Types.INT));
    }

    /**
     * After one more minibatch; {@link #hasEnded} says whether the round ends with it.
     *
     * @param keys hashes of the keys of its windows
     */
    Rounds after(long[] keys) {
        boolean starts = hasEnded();
        long[] first = starts ? Arrays.stream(keys).distinct().limit(WATCHED).toArray() : began;
        long known = starts ? 0 : -1;
        long again = starts ? 0 : returned;
        for (long key : keys) {
            int place = place(first, key);
            if (place >= 0) {
                again |= known & (1L << place);
                known |= 1L << place;
            }
        }
        boolean ends = 2 * Long.bitCount(again) >= first.length || minibatches + 1 >= LONGEST;
        return new Rounds(first, again, ends ? 0 : minibatches + 1);
    }

    private static int place(long[] keys, long key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the last minibatch ended a round. */
    boolean hasEnded() {
        return minibatches == 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Rounds r
                && Arrays.equals(began, r.began)
                && returned == r.returned
                && minibatches == r.minibatches;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(began) + Long.hashCode(returned);
    }

    @Override
    public String toString() {
        return "Rounds[%d minibatches]".formatted(minibatches);
    }
}
