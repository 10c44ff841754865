package org.cellstream.jobs.kafka;

import java.io.IOException;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event or no order. It never leaves the decoder, and costs no stack trace: bad
 * input may be frequent.
 */
final class BadRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Rejected.Cause kind;
    private final @Nullable String field;
    private final @Nullable String value;

    BadRecordException(
            Rejected.Cause kind, String reason, @Nullable String field, @Nullable String value) {
        super(reason);
        this.kind = kind;
        this.field = field;
        this.value = value;
    }

    static BadRecordException malformed(String reason) {
        return new BadRecordException(Rejected.Cause.MALFORMED, reason, null, null);
    }

    /** An order that cannot be obeyed. */
    static BadRecordException order(String reason, String field, @Nullable String value) {
        return new BadRecordException(Rejected.Cause.CONTROL, reason, field, value);
    }

    Rejected.Cause kind() {
        return kind;
    }

    @Nullable String field() {
        return field;
    }

    @Nullable String value() {
        return value;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
