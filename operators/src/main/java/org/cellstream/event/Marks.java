package org.cellstream.event;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What an event says about itself, beside its numbers. Where it has something to say of one kind
 * only, the others are as in {@link #NONE}.
 *
 * @param starts whether a sequence starts with it
 * @param ends whether its sequence ends with it
 * @param masked whether it is passed over: no step, no forecast, its key's state as before
 * @param label what should be forecast at it, in the unit of the target after its transforms, or
 *     the number of a class; NaN for none
 * @param weight how much its label counts for learning, finite and at least 0; what a float cannot
 *     add to 1 counts as nothing
 */
public record Marks(boolean starts, boolean ends, boolean masked, double label, double weight) {

    /** Of an event that says nothing. */
    public static final Marks NONE = new Marks(false, false, false, Double.NaN, 1);

    public Marks {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "weight is " + weight + "; need a finite number of at least 0");
        }
        if (masked && (starts || ends)) {
            throw new IllegalArgumentException(
                    "event is masked and %s a sequence; need one that counts there"
                            .formatted(starts ? "starts" : "ends"));
        }
    }

    /** The same, starting a sequence. */
    public Marks start() {
        return new Marks(true, ends, masked, label, weight);
    }

    /** The same, ending a sequence. */
    public Marks end() {
        return new Marks(starts, true, masked, label, weight);
    }

    /** The same, to be passed over. */
    public Marks mask() {
        return new Marks(starts, ends, true, label, weight);
    }

    /** The same with a label. */
    public Marks labelled(double value) {
        return new Marks(starts, ends, masked, value, weight);
    }

    /** The same with a label that counts so much. */
    public Marks weighing(double value) {
        return new Marks(starts, ends, masked, label, value);
    }

    /** The Flink type of marks. */
    public static TypeInformation<Marks> type() {
        return Types.POJO(
                Marks.class,
                Map.of(
                        "starts", Types.BOOLEAN,
                        "ends", Types.BOOLEAN,
                        "masked", Types.BOOLEAN,
                        "label", Types.DOUBLE,
                        "weight", Types.DOUBLE));
    }
}
