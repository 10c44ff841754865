package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cellstream.learn.TrialResult;
import org.junit.jupiter.api.Test;

class LabelWatchTest {

    private final Random random = new Random(2);
    private final LabelWatch watch = new LabelWatch(true, LabelState.NEW);

    private LabelWatch.Finding measure(LabelWatch of, double published, double learning) {
        double noise = 0.02 * random.nextGaussian();
        TrialResult ofPublished = error(published + noise);
        return of.measure(new GateState.Errors(error(learning + noise), ofPublished, ofPublished));
    }

    private static TrialResult error(double error) {
        return new TrialResult(error, 1, 1, 1, new float[0][], new float[0][]);
    }

    private void believedFor(LabelWatch of, int minibatches) {
        for (int i = 0; i < minibatches; i++) {
            measure(of, 0.5, 0.5);
        }
        assertThat(of.believes()).isTrue();
    }

    @Test
    void labelsThatCannotBeForetoldAreDoubtedAtTheSecondMinibatchAndHeldSoonAfter() {
        believedFor(watch, 100);

        measure(watch, 1, 0.9);
        measure(watch, 1, 0.9);

        assertThat(watch.believes()).isFalse();
        measure(watch, 1, 0.9);
        measure(watch, 1, 0.9);
        assertThat(watch.isHeld()).isTrue();
    }

    @Test
    void labelsAreBelievedAgainOnceErrorsAreBack() {
        believedFor(watch, 100);
        for (int i = 0; i < 20; i++) {
            assertThat(measure(watch, 1, 0.9)).isEqualTo(LabelWatch.Finding.SAME);
        }

        LabelWatch.Finding finding = LabelWatch.Finding.SAME;
        for (int i = 0; i < 40 && watch.isHeld(); i++) {
            finding = measure(watch, 0.5, 0.9);
        }

        assertThat(finding).isEqualTo(LabelWatch.Finding.RECOVERED);
        assertThat(watch.believes()).isTrue();
    }

    @Test
    void labelsThatMeanSomethingElseAreBelievedOnceTheyAreLearned() {
        believedFor(watch, 100);
        LabelWatch.Finding finding = LabelWatch.Finding.SAME;
        for (int i = 0; i < 60 && finding == LabelWatch.Finding.SAME; i++) {
            finding = measure(watch, 1, i < 20 ? 0.9 : 0.5);
        }

        assertThat(finding).isEqualTo(LabelWatch.Finding.LEARNED);
        assertThat(watch.believes()).isTrue();
    }

    @Test
    void whatHappenedNextIsAlwaysBelieved() {
        LabelWatch ofEvents = new LabelWatch(false, LabelState.NEW);
        believedFor(ofEvents, 100);

        for (int i = 0; i < 20; i++) {
            measure(ofEvents, 5, 5);
        }

        assertThat(ofEvents.believes()).isTrue();
    }

    @Test
    void restoredWatchGoesOnAsIfNeverStopped() {
        believedFor(watch, 50);
        LabelWatch restored = new LabelWatch(true, watch.state());
        GateState.Errors bad = new GateState.Errors(error(1), error(1), error(1));

        for (int i = 0; i < 10; i++) {
            assertThat(restored.measure(bad)).isEqualTo(watch.measure(bad));
            assertThat(restored.state()).isEqualTo(watch.state());
        }
    }
}
