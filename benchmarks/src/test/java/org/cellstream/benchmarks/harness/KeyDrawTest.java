package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyDrawTest {

    private static final int KEYS = 400;
    private static final int DRAWS = 40_000;

    private static long[] counts(Draw draw) {
        Stage stage = new Stage(1, draw, 0, KEYS, DRAWS, 0, 0);
        LongSupplier keys = KeyDraw.of(stage, 0, 1);
        long[] counts = new long[KEYS];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) keys.getAsLong()]++;
        }
        return counts;
    }

    @Test
    void drawsEveryKeyAboutAsOftenAsAnyOther() {
        long[] counts = counts(Draw.UNIFORM);

        // A hundred of each on average, with a standard deviation of ten.
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 40 && count < 160);
    }

    @Test
    void drawsSomeKeysOftenAndMostHardlyEver() {
        long[] counts = Arrays.stream(counts(Draw.ZIPF)).sorted().toArray();

        long most = counts[KEYS - 1];
        assertThat(most / (double) counts[KEYS - 2]).isBetween(1.9, 2.4); // 2^1.1 is 2.14
        assertThat(counts[KEYS / 2]).isLessThan(most / 50);
    }

    @Test
    void givesEachSubtaskItsShareOfTheKeysThatAreFilled() {
        Stage stage = new Stage(1, Draw.EACH, 10, 5, 5, 0, 0);

        long[] first = LongStream.generate(KeyDraw.of(stage, 0, 2)).limit(3).toArray();
        long[] second = LongStream.generate(KeyDraw.of(stage, 1, 2)).limit(2).toArray();

        assertThat(first).containsExactly(10, 12, 14);
        assertThat(second).containsExactly(11, 13);
        assertThat(stage.share(0, 2)).isEqualTo(3);
        assertThat(stage.share(1, 2)).isEqualTo(2);
    }

    @Test
    void spreadsItemsOfAllSubtasksEvenlyOverTime() {
        Stage stage = new Stage(1, Draw.UNIFORM, 0, 1, 10, 1000, 5);

        assertThat(stage.due(0, 2)).isEqualTo(5);
        assertThat(stage.due(3, 2)).isEqualTo(5 + 6_000_000);
    }
}
