package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamScoresTest {

    @Test
    void losesWhereTheErrorIsMoreThanTwoPercentLarger() {
        assertThat(row(1.02, 1, 0).loses()).isFalse();
        assertThat(row(1.03, 1, 0).loses()).isTrue();
        assertThat(row(Double.NaN, 1, 0).loses()).isTrue();
    }

    @Test
    void forgivesOneInAMillionOfTheStreamsSize() {
        assertThat(row(0, 0, 10).loses()).isFalse();
        assertThat(row(9e-6, 0, 10).loses()).isFalse();
        assertThat(row(2e-5, 0, 10).loses()).isTrue();
    }

    @Test
    void tellsRatiosAndHowManyAreLost() {
        StreamScores scores =
                new StreamScores(
                        List.of(
                                new StreamScores.Row("white-noise", 0.9, Method.AR, 1, 1),
                                new StreamScores.Row("trend", 1.5, Method.LAST, 1, 1),
                                new StreamScores.Row("constant", 0, Method.LAST, 0, 1)));

        assertThat(scores.numbers().toJson())
                .contains(
                        "\"streams\" : 3,",
                        "\"lost\" : 1,",
                        "\"ratioHighest\" : 1.5,",
                        "\"ratioWhiteNoise\" : 0.9,",
                        "\"ratioTrend\" : 1.5,",
                        "\"ratioConstant\" : 1.0");
        assertThat(scores.toText())
                .containsPattern("trend +1.500 +1.000 +last +1.500 +yes")
                .containsPattern("white-noise +0.9000 +1.000 +ar +0.900 +no");
    }

    private static StreamScores.Row row(double mae, double best, double size) {
        return new StreamScores.Row("s", mae, Method.LAST, best, size);
    }
}
