package org.cellstream.event;

import java.io.Serializable;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Why weights were published, or were not, and how they did on live windows before these were
 * learned from. Errors are decayed means over time steps: absolute ones in units of a key's own
 * changes, or for losses of classes the loss.
 *
 * @param why what led to the publication
 * @param candidate error of the weights that were to be published; NaN if nothing was measured
 * @param published error, on the same time steps, of those that were published before; NaN as well
 *     where weights are published untried
 * @param persistence error of repeating the last value there; NaN for classes
 * @param samples time steps that were measured since the version before was published
 * @param rate share of the windows that are learned from, of late
 * @param drifts how often drift was found so far
 */
public record Scores(
        Why why,
        double candidate,
        double published,
        double persistence,
        long samples,
        double rate,
        long drifts)
        implements Serializable {

    /** What leads to a publication, or to none. */
    public enum Why {
        /** They were learned, and did not lose. */
        LEARNED("learned"),
        /** The version before turned out worse, or somebody asked for an earlier one. */
        ROLLED_BACK("rolledBack"),
        /** Somebody asked for them, whatever they score. */
        PROMOTED("promoted"),
        /** An epoch passed, and nothing better was there. */
        KEPT("kept");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /** As it stands in JSON. */
        public String text() {
            return text;
        }
    }

    /** The Flink type of scores. */
    public static TypeInformation<Scores> type() {
        return Types.POJO(
                Scores.class,
                Map.of(
                        "why", Types.ENUM(Why.class),
                        "candidate", Types.DOUBLE,
                        "published", Types.DOUBLE,
                        "persistence", Types.DOUBLE,
                        "samples", Types.LONG,
                        "rate", Types.DOUBLE,
                        "drifts", Types.LONG));
    }
}
