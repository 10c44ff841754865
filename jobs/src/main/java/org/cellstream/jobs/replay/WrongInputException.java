package org.cellstream.jobs.replay;

import java.io.IOException;
import org.apache.flink.annotation.Internal;

/**
 * Input that the user has to change; the message says in one line what is wrong and what is
 * allowed.
 */
@Internal
public final class WrongInputException extends IOException {

    private static final long serialVersionUID = 1L;

    public WrongInputException(String message) {
        super(message);
    }

    public WrongInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
