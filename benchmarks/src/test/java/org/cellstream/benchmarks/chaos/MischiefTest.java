package org.cellstream.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.benchmarks.chaos.Mischief.Blow;
import org.cellstream.benchmarks.chaos.Mischief.Victim;
import org.junit.jupiter.api.Test;

class MischiefTest {

    @Test
    void killsTheJobManagerToo() {
        Mischief mischief = Mischief.draw(1, 20, 5, 100);

        assertThat(victims(mischief, Victim.JOB_MANAGER)).isEqualTo(4);
        assertThat(victims(mischief, Victim.TASK_MANAGER)).isEqualTo(16);
        assertThat(victims(mischief, Victim.BROKER)).isEqualTo(1);
    }

    @Test
    void killsTheJobManagerOnceIfThereIsMoreThanOneKill() {
        assertThat(victims(Mischief.draw(1, 1, 5, 100), Victim.JOB_MANAGER)).isZero();
        assertThat(victims(Mischief.draw(1, 2, 5, 100), Victim.JOB_MANAGER)).isEqualTo(1);
    }

    @Test
    void staysWithinItsTimeAndInOrder() {
        List<Double> moments =
                Mischief.draw(3, 50, 5, 100).blows().stream().map(Blow::seconds).toList();

        assertThat(moments).isSorted().allMatch(moment -> moment >= 5 && moment <= 100);
    }

    @Test
    void isAFunctionOfTheSeed() {
        assertThat(Mischief.draw(1, 5, 5, 100)).isEqualTo(Mischief.draw(1, 5, 5, 100));
        assertThat(Mischief.draw(1, 5, 5, 100)).isNotEqualTo(Mischief.draw(2, 5, 5, 100));
    }

    private static long victims(Mischief mischief, Victim victim) {
        return mischief.blows().stream().filter(blow -> blow.victim() == victim).count();
    }
}
