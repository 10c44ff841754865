package org.cellstream.jobs.replay;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Rejected.Cause;
import org.cellstream.jobs.report.Report;

/**
 * What became of a file's rows.
 *
 * @param rows all of them
 * @param rejected how many were no events, or could not be stepped, by why
 * @param late how many were older than the last one of their key
 */
@Internal
public record RowCounts(long rows, Map<Cause, Long> rejected, long late) {

    public RowCounts {
        Map<Cause, Long> copy = new EnumMap<>(Cause.class);
        copy.putAll(rejected);
        rejected = copy;
    }

    private long rejected(Cause cause) {
        return rejected.getOrDefault(cause, 0L);
    }

    /**
     * A report that starts with these counts.
     *
     * @param forecasts that the other rows led to, each key and step once
     * @param duplicates others of the same key and step
     */
    public Report report(long forecasts, long duplicates) {
        long all = rejected.values().stream().mapToLong(Long::longValue).sum();
        long accepted = rows - all - late;
        return new Report()
                .put("rows", rows)
                .put("accepted", accepted)
                .put("rejected", all)
                .put("rejectedEmptyNumber", rejected(Cause.EMPTY_NUMBER))
                .put("rejectedNotANumber", rejected(Cause.NOT_A_NUMBER))
                .put("rejectedTransform", rejected(Cause.TRANSFORM))
                .put("rejectedMalformed", rejected(Cause.MALFORMED))
                .put("rejectedSequence", rejected(Cause.SEQUENCE))
                .put("rejectedNotFinite", rejected(Cause.NOT_FINITE))
                .put("late", late)
                .put("forecasts", forecasts)
                .put("duplicates", duplicates)
                .put("missing", accepted - forecasts);
    }
}
