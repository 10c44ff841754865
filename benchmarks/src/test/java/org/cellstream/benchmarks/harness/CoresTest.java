package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void coresAreReadFromRangesAndSingleNumbers() {
        assertThat(Cores.parse("0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(Cores.parse("5")).containsExactly(5);
    }

    @Test
    void jobOfAllCoresNeedsNoCommand() {
        assertThat(Cores.command(Integer.MAX_VALUE)).isEmpty();
    }
}
