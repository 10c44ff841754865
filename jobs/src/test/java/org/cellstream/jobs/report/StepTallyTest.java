package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepTallyTest {

    private final StepTally tally = new StepTally();

    @Test
    void countsEveryStepOfEveryKeyOnce() {
        tally.add("a", 1);
        tally.add("b", 1);
        tally.add("a", 2);

        assertThat(tally.distinct()).isEqualTo(3);
        assertThat(tally.duplicates()).isZero();
    }

    @Test
    void tellsADoubleFromAStepThatComesLate() {
        boolean third = tally.add("a", 3);
        boolean first = tally.add("a", 1);
        boolean again = tally.add("a", 3);
        boolean second = tally.add("a", 2);
        boolean last = tally.add("a", 2);

        assertThat(third).isTrue();
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(second).isTrue();
        assertThat(last).isFalse();
        assertThat(tally.distinct()).isEqualTo(3);
        assertThat(tally.duplicates()).isEqualTo(2);
    }
}
