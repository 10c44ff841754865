package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimePartsTest {

    @Test
    void hasAsManyTimesInEachPart() {
        TimeParts parts = new TimeParts(LongStream.range(0, 25).toArray(), 10);

        int[] sizes = new int[parts.size()];
        LongStream.range(0, 25).forEach(time -> sizes[parts.of(time)]++);

        assertThat(parts.size()).isEqualTo(10);
        assertThat(sizes).containsOnly(2, 3);
        assertThat(IntStream.range(1, 25).allMatch(t -> parts.of(t) >= parts.of(t - 1))).isTrue();
    }

    @Test
    void hasFewerPartsWhereThereAreFewerTimes() {
        TimeParts parts = new TimeParts(new long[] {5, 9}, 10);

        assertThat(parts.size()).isEqualTo(2);
        assertThat(parts.of(5)).isZero();
        assertThat(parts.of(9)).isEqualTo(1);
        assertThat(parts.lastTime(1)).isEqualTo(9);
    }
}
