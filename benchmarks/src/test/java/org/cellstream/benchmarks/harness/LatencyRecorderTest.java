package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void countsFromWhenAnEventWasDue() {
        LatencyRecorder recorder = new LatencyRecorder();

        recorder.record(System.nanoTime() - 5 * SECOND, 0);

        assertThat(recorder.all().getMaxValue()).isGreaterThanOrEqualTo(5 * SECOND - SECOND / 100);
    }

    @Test
    void keepsForecastsApartWhoseWaitOverlappedACheckpoint() {
        LatencyRecorder recorder = new LatencyRecorder();

        LatencyRecorder.checkpointBegins();
        recorder.record(System.nanoTime(), 0);
        LatencyRecorder.checkpointEnds();
        recorder.record(System.nanoTime() - SECOND, 0);
        recorder.record(System.nanoTime(), 0);

        assertThat(recorder.all().getTotalCount()).isEqualTo(3);
        assertThat(recorder.apart().getTotalCount()).isEqualTo(1);
    }

    @Test
    void notesTheSilenceBeforeNewWeightsServe() {
        LatencyRecorder recorder = new LatencyRecorder();

        recorder.record(System.nanoTime(), 0);
        recorder.record(System.nanoTime(), 0);
        recorder.record(System.nanoTime(), 1);

        assertThat(recorder.updatePauses()).hasSize(1);
        assertThat(recorder.gaps().getTotalCount()).isEqualTo(2);
    }

    @Test
    void travelsAsOneLine() {
        LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(System.nanoTime() - SECOND, 0);

        Answer answer = Answer.parse(LatencyAnswer.of(recorder).put("nanos", 7).line());

        Histogram all = LatencyAnswer.histogram(answer, "all");
        assertThat(all).isEqualTo(recorder.all());
        assertThat(answer.number("nanos")).isEqualTo(7);
        assertThat(answer.numbers("updatePauses")).isEmpty();
    }
}
