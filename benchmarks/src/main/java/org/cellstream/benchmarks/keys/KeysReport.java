package org.cellstream.benchmarks.keys;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.jobs.report.Report;

/** Numbers, and which of them are not what they must be. */
final class KeysReport {

    private final Report numbers = new Report();
    private final List<String> broken = new ArrayList<>();

    Report numbers() {
        return numbers;
    }

    /** What does not hold, one sentence each. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    void atMost(String name, double value, String limitName, double limit) {
        numbers.put(name, value).put(limitName, limit);
        check(value <= limit, name + " is " + value + "; must be at most " + limit);
    }

    void atLeast(String name, double value, String limitName, double limit) {
        numbers.put(name, value).put(limitName, limit);
        check(value >= limit, name + " is " + value + "; must be at least " + limit);
    }

    void equal(String name, long value, long expected) {
        numbers.put(name, value);
        check(value == expected, name + " is " + value + "; must be " + expected);
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            broken.add(sentence);
        }
    }
}
