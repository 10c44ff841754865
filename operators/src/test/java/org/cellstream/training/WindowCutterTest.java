package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.cellstream.training.WindowCutter.Cut;
import org.junit.jupiter.api.Test;

/** Windows of four steps; a key's state survives two missed steps, its memory eight. */
class WindowCutterTest {

    private static final TrainerSetup SETUP = TrainerSetup.atArrival().withGaps(MissingSteps.MASK);

    private final Intake intake = new Intake(SETUP.shape(), SETUP.config().standardisation());
    private final WindowCutter cutter =
            new WindowCutter(intake, SETUP.config(), SETUP.shape().network());
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

        assertThat(first.windows()).hasSize(1);
        assertThat(first.windows().get(0).anew()).isTrue();
        assertThat(second.windows()).hasSize(1);
        assertThat(second.windows().get(0).anew()).isFalse();
        assertThat(second.windows().get(0).window().weights()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void missedStepsThatTheStateSurvivesEndNothing() {
        takeAll(0, 4);

        assertThat(take(memory, 7).windows()).isEmpty();

        assertThat(memory.window().rows()).isEqualTo(2);
    }

    @Test
    void carriedStepsTakeTheLastInputOnceMoreAndTeachNothing() {
        TrainerSetup carries = TrainerSetup.atArrival().withGaps(MissingSteps.CARRY);
        WindowCutter carrying =
                new WindowCutter(intake, carries.config(), carries.shape().network());
        carrying.take(Event.of("key", 0, 1), memory);
        carrying.take(Event.of("key", 1, 3), memory);
        float last = memory.window().inputs()[1];

        Cut none = carrying.take(Event.of("key", 3, 4), memory); // one missed
        Cut full = carrying.take(Event.of("key", 6, 6), memory); // two missed
        OpenWindow first = full.windows().get(0).window();

        assertThat(none.windows()).isEmpty();
        assertThat(first.weights()).containsExactly(0, 1, 0, 1);
        assertThat(Arrays.copyOf(first.inputs(), 3)).endsWith(last, last);
        assertThat(full.windows().get(0).anew()).isTrue();
        assertThat(memory.window().rows()).isEqualTo(3);
        assertThat(memory.window().inputs()).startsWith(first.inputs()[3], first.inputs()[3]);
        assertThat(Arrays.copyOf(memory.window().weights(), 2)).containsOnly(0);

        Cut second = carrying.take(Event.of("key", 8, 7), memory); // fills it, one missed
        assertThat(second.windows()).hasSize(1);
        assertThat(second.windows().get(0).anew()).isFalse();
    }

    @Test
    void gapEndsAWindowAndTheNextStartsAnew() {
        takeAll(0, 6);

        Cut ended = take(memory, 10);
        Cut next = takeAll(11, 14);

        assertThat(ended.windows().get(0).anew()).isFalse();
        assertThat(ended.windows().get(0).window().rows()).isEqualTo(3);
        assertThat(ended.windows().get(0).window().weights()).containsExactly(1, 1, 0, 0);
        assertThat(next.windows()).hasSize(1);
        assertThat(next.windows().get(0).anew()).isTrue();
    }

    @Test
    void windowEndedByAGapKeepsThatItStartedAnew() {
        takeAll(0, 2);

        Cut first = take(memory, 6);
        takeAll(7, 8);
        Cut second = take(memory, 12);

        assertThat(first.windows().get(0).anew()).isTrue();
        assertThat(second.windows().get(0).anew()).isTrue();
    }

    @Test
    void labelOfAClassIsTheNextTargetWhichTeachesIfItIsOne() {
        TrainerSetup setup = TrainerSetup.atArrival().network("lstm(2) dense(3)");
        LearningConfig learning =
                new LearningConfig(
                        TrainerSetup.WINDOW,
                        1,
                        1,
                        LossConfig.parse("categorical-cross-entropy"),
                        OptimiserConfig.adam(0.01, 1));
        TrainingConfig config =
                new TrainingConfig(
                        learning,
                        setup.config().timing(),
                        setup.config().standardisation(),
                        setup.config().sequence(),
                        1,
                        1);
        Intake ofClasses = new Intake(setup.shape(), config.standardisation());
        WindowCutter ofThree = new WindowCutter(ofClasses, config, setup.shape().network());
        KeyMemory key = ofClasses.newMemory();

        Cut cut = null;
        for (double target : new double[] {0, 2, 3, 0.5, 1}) {
            cut = ofThree.take(Event.of("key", key.step(), target), key);
        }

        OpenWindow window = cut.windows().get(0).window();
        assertThat(window.labels()).containsExactly(2, 0, 0, 1);
        assertThat(window.weights()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void windowWithNothingToLearnFromIsLeftOut() {
        takeAll(0, 4);

        assertThat(take(memory, 8).windows()).isEmpty();
    }

    @Test
    void keyThatComesBackAfterItExpiredIsLikeOneNeverSeen() {
        KeyMemory never = intake.newMemory();
        takeAll(0, 6);

        Cut back = take(memory, 15);
        take(never, 15);

        // Nor is its open window learned from: a sweep may have taken it by then.
        assertThat(back.windows()).isEmpty();
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
        assertThat(cut.windows()).isEmpty();
    }

    @Test
    void stepOverAnEventThatIsLeftOutIsNotLearned() {
        WindowCutter leaving =
                new WindowCutter(
                        intake,
                        SETUP.config().missingTarget(MissingTarget.FEEDBACK),
                        SETUP.shape().network());
        Event<String> without = Event.of("key", 2, Double.NaN);
        takeAll(0, 1);

        assertThat(leaving.leavesOut(without)).isTrue();
        assertThat(leaving.leavesOut(Event.of("key", 2, 0.5))).isFalse();
        assertThat(cutter.leavesOut(without)).isFalse();
        assertThat(leaving.leaveOut(without, memory).windows()).isEmpty();
        Cut full = takeAll(3, 5);

        OpenWindow window = full.windows().get(0).window();
        assertThat(window.weights()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void eventThatIsLeftOutBeforeAWindowsEndLeavesNoWeightBehind() {
        takeAll(0, 6);
        cutter.leaveOut(Event.of("key", 7, Double.NaN), memory);

        Cut ended = take(memory, 11);

        assertThat(ended.windows().get(0).window().weights()).containsExactly(1, 1, 0, 0);
    }

    @Test
    void keyWithoutAWindowIsNotChangedByAnEventThatIsLeftOut() {
        Event<String> without = Event.of("key", 0, Double.NaN);

        assertThat(cutter.leaveOut(without, memory)).isNull();
        assertThat(memory).isEqualTo(intake.newMemory());
    }

    @Test
    void gapBeforeAnEventThatIsLeftOutEndsTheWindow() {
        takeAll(0, 6);

        Cut ended = cutter.leaveOut(Event.of("key", 10, Double.NaN), memory);
        take(memory, 11);

        assertThat(ended.windows()).hasSize(1);
        assertThat(ended.windows().get(0).window().weights()).containsExactly(1, 1, 0, 0);
        assertThat(memory.stepsSinceReset()).isEqualTo(1);
        assertThat(memory.window().rows()).isEqualTo(1);
    }

    @Test
    void stepsMissedBeforeAnEventThatIsLeftOutAreCarried() {
        TrainerSetup carries = TrainerSetup.atArrival().withGaps(MissingSteps.CARRY);
        WindowCutter carrying =
                new WindowCutter(intake, carries.config(), carries.shape().network());
        carrying.take(Event.of("key", 0, 1), memory);
        carrying.take(Event.of("key", 1, 3), memory);

        carrying.leaveOut(Event.of("key", 3, Double.NaN), memory); // one missed
        carrying.take(Event.of("key", 4, 4), memory);

        OpenWindow window = memory.window();
        float[] inputs = window.inputs();
        assertThat(window.rows()).isEqualTo(4);
        assertThat(inputs[2]).isEqualTo(inputs[1]).isNotEqualTo(inputs[3]);
        assertThat(window.weights()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void keyThatRunsOnByItsForecastsIsNotForgotten() {
        takeAll(0, 5);
        for (long time = 6; time <= 20; time++) {
            cutter.leaveOut(Event.of("key", time, Double.NaN), memory);
        }

        take(memory, 21);

        assertThat(memory.step()).isEqualTo(7);
        assertThat(memory.lastTime()).isEqualTo(21);
    }

    @Test
    void eventThatIsLeftOutBringsNoExpiredKeyBack() {
        takeAll(0, 5);
        KeyMemory before = memory.copy();

        assertThat(cutter.leaveOut(Event.of("key", 14, Double.NaN), memory)).isNull();

        assertThat(memory).isEqualTo(before);
    }

    @Test
    void windowOfAnotherLengthIsLearnedFromNoMore() {
        takeAll(0, 4);
        memory.keepWindow(new OpenWindow(3, 1));

        Cut cut = takeAll(5, 9);

        assertThat(cut.windows().get(0).window()).isNotNull();
        assertThat(cut.windows().get(0).anew()).isTrue();
    }
}
