package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScoreTest {

    private static final double EXACT = 1e-12;

    /** Twenty times; the first tenth are times 1 and 2. */
    private static final long[] TIMES = LongStream.rangeClosed(1, 20).toArray();

    @Test
    void comparesTheErrorsAfterTheFirstTenthOfTheTimes() {
        double[] errors = filled(20, 0.25);
        double[] persistence = filled(20, 1);
        errors[0] = Double.NaN;
        persistence[0] = Double.NaN;
        errors[1] = 1000;

        Score score = Score.of(List.of(new KeyErrors(TIMES, errors, persistence)), TIMES);

        assertThat(score.mae()).isEqualTo(0.25);
        assertThat(score.persistenceMae()).isEqualTo(1);
        assertThat(score.maeSkill()).isEqualTo(0.75);
        assertThat(score.rmseSkill()).isEqualTo(0.75);
    }

    @Test
    void dividesAKeysErrorsByTheDeviationOfItsTargetInTheFirstTenth() {
        // Targets of the first tenth: 0, 2 (deviation 1) and 0, 20 (deviation 10).
        KeyErrors small = key(TIMES, 2, 0.5, 1);
        KeyErrors large = key(TIMES, 20, 30, 10);

        Score score = Score.of(List.of(small, large), TIMES);

        assertThat(score.mae()).isCloseTo((0.5 + 30) / 2, within(EXACT));
        assertThat(score.maeSkill())
                .isCloseTo(1 - (0.5 / 1 + 30 / 10.0) / (1 / 1.0 + 10 / 10.0), within(EXACT));
    }

    @Test
    void countsKeysAlikeHoweverManyEventsTheyHave() {
        KeyErrors whole = key(TIMES, 2, 0.5, 1);
        KeyErrors half = key(Arrays.copyOf(TIMES, 10), 2, 1.5, 1);

        Score score = Score.of(List.of(whole, half), TIMES);

        assertThat(score.maeSkill()).isCloseTo(1 - (0.5 + 1.5) / (1 + 1), within(EXACT));
        assertThat(score.mae()).isCloseTo((18 * 0.5 + 8 * 1.5) / 26, within(EXACT));
    }

    @Test
    void takesAllEventsOfAKeyThatStartsLater() {
        KeyErrors early = key(TIMES, 2, 0.5, 1);
        KeyErrors late = key(Arrays.copyOfRange(TIMES, 10, 20), 20, 30, 10);

        Score score = Score.of(List.of(early, late), TIMES);

        // Its targets are 0, 20, 30 and so on to 100; the two that come first say little.
        double deviation = Math.sqrt(924);
        assertThat(score.maeSkill())
                .isCloseTo(
                        1 - (0.5 + 30 / deviation) / (1 + (20 + 8 * 10.0) / 9 / deviation),
                        within(EXACT));
    }

    @Test
    void leavesOutAKeyWhoseTargetNeverMoves() {
        double[] errors = filled(20, 5);
        KeyErrors still = new KeyErrors(TIMES, errors, new double[20]);

        Score score = Score.of(List.of(still, key(TIMES, 2, 0.5, 1)), TIMES);

        assertThat(score.mae()).isEqualTo(0.5);
        assertThat(score.maeSkill()).isEqualTo(0.5);
    }

    @Test
    void weighsLargeErrorsMoreInRmseSkill() {
        double[] errors = filled(20, 0);
        errors[10] = 9;
        double[] persistence = filled(20, 1);
        KeyErrors key = new KeyErrors(TIMES, errors, persistence);

        Score score = Score.of(List.of(key), TIMES);

        assertThat(score.maeSkill()).isCloseTo(1 - 9 / 18.0, within(EXACT));
        assertThat(score.rmseSkill()).isCloseTo(1 - Math.sqrt(81 / 18.0), within(EXACT));
    }

    @Test
    void isNotANumberWithoutForecasts() {
        Score score = Score.of(List.of(), new long[0]);

        assertThat(score.mae()).isNaN();
        assertThat(score.maeSkill()).isNaN();
    }

    @Test
    void refusesArraysOfDifferentLengths() {
        assertThatThrownBy(() -> new KeyErrors(new long[2], new double[3], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 times, 3 errors, 2 persistence errors; need as many of each");
    }

    /**
     * A key whose target is 0 and {@code jump} at first and whose errors are the same from then on.
     */
    private static KeyErrors key(long[] times, double jump, double error, double persistenceError) {
        double[] errors = filled(times.length, error);
        double[] persistence = filled(times.length, persistenceError);
        errors[0] = Double.NaN;
        persistence[0] = Double.NaN;
        persistence[1] = jump;
        return new KeyErrors(times, errors, persistence);
    }

    private static double[] filled(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }
}
