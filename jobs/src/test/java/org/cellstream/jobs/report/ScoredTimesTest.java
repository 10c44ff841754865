package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScoredTimesTest {

    @Test
    void areThoseAfterTheFirstTenth() {
        ScoredTimes times = ScoredTimes.last90(LongStream.rangeClosed(1, 29).toArray());

        assertThat(times).isEqualTo(new ScoredTimes(2, 2));
    }

    @Test
    void areAllWhereATenthIsNoTime() {
        ScoredTimes times = ScoredTimes.last90(new long[] {1, 2, 3});

        assertThat(times.after()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void measureInUnitsOfTheFirstTenthWhateverIsLeftOut() {
        ScoredTimes times = new ScoredTimes(2, 2);

        assertThat(times.notThrough(7)).isEqualTo(new ScoredTimes(2, 7));
        assertThat(times.notThrough(1)).isEqualTo(times);
    }

    @Test
    void leaveWhatWasBeforeOutOfAScore() {
        KeyErrors key =
                new KeyErrors(
                        new long[] {1, 2, 3, 4},
                        new double[] {9, 9, 9, 1},
                        new double[] {2, 2, 2, 2});

        Score score = Score.of(List.of(key), new ScoredTimes(2, 3));

        assertThat(score.mae()).isEqualTo(1);
        assertThat(score.maeSkill()).isEqualTo(0.5);
    }
}
