package org.cellstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.cellstream.event.Event;
import org.junit.jupiter.api.Test;

class SkipSteppedFunctionTest {

    private static final int MOST = 12;

    @Test
    void passesEverythingInAJobOfItsOwn() throws Exception {
        try (var job = open(SkipSteppedFunction.NOTHING, 1, 0)) {
            assertThat(pass(job, Long.MIN_VALUE + 1, 0, 5)).hasSize(3);
        }
    }

    @Test
    void passesTheFileThatItNotes() throws Exception {
        try (var bootstrap = open(1000, 1, 0)) {
            assertThat(pass(bootstrap, 1, 1000, 500)).containsExactly(1L, 1000L, 500L);
        }
    }

    @Test
    void skipsWhatTheSavepointSaysInEverySubtaskAndAfterEveryRestore() throws Exception {
        OperatorSubtaskState savepoint;
        try (var bootstrap = open(1000, 1, 0)) {
            savepoint = bootstrap.snapshot(1, 1);
        }
        List<OperatorSubtaskState> checkpoint = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var job = restore(SkipSteppedFunction.NOTHING, savepoint, 1, 3, subtask)) {
                assertThat(pass(job, 999, 1000, 1001)).containsExactly(1001L);
                checkpoint.add(job.snapshot(2, 2));
            }
        }

        OperatorSubtaskState all =
                OneInputStreamOperatorTestHarness.repackageState(
                        checkpoint.toArray(OperatorSubtaskState[]::new));

        for (int subtask = 0; subtask < 2; subtask++) {
            try (var job = restore(SkipSteppedFunction.NOTHING, all, 3, 2, subtask)) {
                assertThat(pass(job, 999, 1000, 1001)).containsExactly(1001L);
            }
        }
    }

    private static OneInputStreamOperatorTestHarness<Event<String>, Event<String>> open(
            long noted, int subtasks, int subtask) throws Exception {
        return restore(noted, null, 1, subtasks, subtask);
    }

    private static OneInputStreamOperatorTestHarness<Event<String>, Event<String>> restore(
            long noted, OperatorSubtaskState state, int before, int subtasks, int subtask)
            throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<Event<String>, Event<String>>(
                        new StreamFilter<>(new SkipSteppedFunction(noted)),
                        MOST,
                        subtasks,
                        subtask);
        harness.setup();
        if (state != null) {
            harness.initializeState(
                    OneInputStreamOperatorTestHarness.repartitionOperatorState(
                            state, MOST, before, subtasks, subtask));
        }
        harness.open();
        return harness;
    }

    private static List<Long> pass(
            OneInputStreamOperatorTestHarness<Event<String>, Event<String>> job, long... times)
            throws Exception {
        for (long time : times) {
            job.processElement(Event.of("k", time, 1), time);
        }
        return job.extractOutputValues().stream().map(Event::time).toList();
    }
}
