package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.event.Event;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.cellstream.training.WindowCutter.Cut;
import org.junit.jupiter.api.Test;

/** Windows of four steps; a key's state survives two missed steps, its memory eight. */
class WindowCutterTest {

    private static final TrainerSetup SETUP = TrainerSetup.atArrival().withGaps();

    private final Intake intake = new Intake(SETUP.shape(), SETUP.config().standardisation());
    private final WindowCutter cutter = new WindowCutter(intake, SETUP.config(), 1);
    private final KeyMemory memory = intake.newMemory();

    private Cut take(KeyMemory of, long time) {
        return cutter.take(Event.of("key", time, Math.sin((double) time)), of);
    }

    private Cut takeAll(long first, long last) {
        for (long time = first; time < last; time++) {
            take(memory, time);
        }
        return take(memory, last);
    }

    @Test
    void windowsFollowEachOther() {
        Cut first = takeAll(0, 4);
        Cut second = takeAll(5, 8);

        assertThat(first.window()).isNotNull();
        assertThat(first.anew()).isTrue();
        assertThat(second.window()).isNotNull();
        assertThat(second.anew()).isFalse();
        assertThat(second.window().weights()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void missedStepsThatTheStateSurvivesEndNothing() {
        takeAll(0, 4);

        assertThat(take(memory, 7).window()).isNull();

        assertThat(memory.window().rows()).isEqualTo(2);
    }

    @Test
    void gapEndsAWindowAndTheNextStartsAnew() {
        takeAll(0, 6);

        Cut ended = take(memory, 10);
        Cut next = takeAll(11, 14);

        assertThat(ended.anew()).isFalse();
        assertThat(ended.window().rows()).isEqualTo(3);
        assertThat(ended.window().weights()).containsExactly(1, 1, 0, 0);
        assertThat(next.window()).isNotNull();
        assertThat(next.anew()).isTrue();
    }

    @Test
    void windowEndedByAGapKeepsThatItStartedAnew() {
        takeAll(0, 2);

        Cut first = take(memory, 6);
        takeAll(7, 8);
        Cut second = take(memory, 12);

        assertThat(first.anew()).isTrue();
        assertThat(second.anew()).isTrue();
    }

    @Test
    void windowWithNothingToLearnFromIsLeftOut() {
        takeAll(0, 4);

        assertThat(take(memory, 8).window()).isNull();
    }

    @Test
    void keyThatComesBackAfterItExpiredIsLikeOneNeverSeen() {
        KeyMemory never = intake.newMemory();
        takeAll(0, 6);

        Cut back = take(memory, 15);
        take(never, 15);

        assertThat(back.window()).isNotNull();
        assertThat(memory).isEqualTo(never);
    }

    @Test
    void keyIsNotExpiredAsLongAsItsTimeToLive() {
        takeAll(0, 6);

        take(memory, 14);

        assertThat(memory.step()).isEqualTo(8);
        assertThat(memory.stepsSinceReset()).isEqualTo(1);
    }

    @Test
    void rejectedEventEndsNoWindow() {
        takeAll(0, 6);

        Cut cut = cutter.take(Event.of("key", 20, Double.NaN), memory);

        assertThat(cut.rejected()).isNotNull();
        assertThat(cut.window()).isNull();
    }

    @Test
    void windowOfAnotherLengthIsLearnedFromNoMore() {
        takeAll(0, 4);
        memory.keepWindow(new OpenWindow(3, 1));

        Cut cut = takeAll(5, 9);

        assertThat(cut.window()).isNotNull();
        assertThat(cut.anew()).isTrue();
    }
}
