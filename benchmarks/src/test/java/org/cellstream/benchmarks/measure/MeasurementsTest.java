package org.cellstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.jobs.report.Report;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    @Test
    void ratioIsTakenWithinEachRound() {
        Measurements times = new Measurements("Micros", Better.LOWER);
        double[][] rounds = {{1, 2}, {10, 30}, {5, 20}};
        for (double[] round : rounds) {
            times.add("Batch1", "ours", round[0]);
            times.add("Batch1", "peer", round[1]);
        }

        // 2, 3 and 4; the ratio of the medians is 4.
        assertThat(times.ratio("Batch1", "ours", "peer")).map(Spread::median).hasValue(3.0);
        assertThat(times.spread("Batch1", "peer")).hasValue(new Spread(20, 20, 30, 3));
    }

    @Test
    void higherRateIsBetter() {
        Measurements rates = new Measurements("EventsPerSecond", Better.HIGHER);
        rates.add("", "ours", 30);
        rates.add("", "peer", 10);

        assertThat(rates.ratio("", "ours", "peer")).map(Spread::median).hasValue(3.0);
    }

    @Test
    void reportHasAKeyForEachCellAndSystem() {
        Measurements times = new Measurements("Micros", Better.LOWER);
        times.add("Batch1", "ours", 1);
        times.add("Batch1", "peer", 2);
        times.add("Batch8", "ours", 3);
        Report report = new Report();

        times.report(report, "ours");

        assertThat(report.toText().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "oursBatch1Micros 1.0",
                        "peerBatch1Micros 2.0",
                        "ratioPeerBatch1 2.0",
                        "oursBatch8Micros 3.0");
        assertThat(MeasurementTable.text(times, "ours").lines())
                .containsExactly(
                        "micros    ours   peer  /peer",
                        "batch 1  1.000  2.000   2.00",
                        "batch 8  3.000      -      -");
    }

    @Test
    void severalRoundsAreShownWithTheirSpread() {
        Measurements times = new Measurements("Micros", Better.LOWER);
        for (double round : new double[] {9, 9.5, 10, 10.5, 11}) {
            times.add("Batch1", "ours", round);
        }
        Report report = new Report();

        times.report(report, "ours");

        assertThat(report.toText().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly("oursBatch1Micros 10.0", "spreadOursBatch1Percent 10.0");
        assertThat(MeasurementTable.text(times, "ours")).contains("10.00 ±5%");
    }

    @Test
    void everySystemIsCalledInEachRound() {
        Measurements times = new Measurements("Micros", Better.LOWER);
        int[] calls = new int[2];

        new Alternation(1, 1, 3)
                .measure(times, "Cell", 2, Map.of("a", () -> calls[0]++, "b", () -> calls[1]++));

        assertThat(calls).doesNotContain(0);
        assertThat(List.of("a", "b"))
                .allSatisfy(
                        system ->
                                assertThat(times.spread("Cell", system))
                                        .hasValueSatisfying(
                                                s -> assertThat(s.count()).isEqualTo(3)));
    }
}
