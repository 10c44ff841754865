package org.cellstream.jobs.config;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;

/** Options that do not hold together; the message lists all that is wrong, a line each. */
@Internal
public final class WrongConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public WrongConfigException(String where, List<Mistake> mistakes) {
        super(
                mistakes.stream()
                        .map(m -> "\n  " + m.text())
                        .collect(
                                Collectors.joining(
                                        "",
                                        mistakes.size() == 1
                                                ? "1 mistake in " + where + ":"
                                                : mistakes.size() + " mistakes in " + where + ":",
                                        "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All that is wrong. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
