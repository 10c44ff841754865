package org.cellstream.jobs.replay;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

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
