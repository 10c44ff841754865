package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cellstream.inference.Action.event;
import static org.cellstream.inference.Action.eventWatermark;
import static org.cellstream.inference.Action.order;
import static org.cellstream.inference.Action.trainerWatermark;
import static org.cellstream.inference.Action.weights;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.junit.jupiter.api.Test;

/** What random schedules once found, each as small as it could be made. */
class FoundScheduleTest {

    private static final SequenceConfig PLAIN = SequenceConfig.plain();
    private static final TimingConfig EPOCHS = TimingConfig.byEpoch(Duration.ofMillis(10));

    @Test
    void heldEventIsNotTheObjectThatWasReceivedWhereObjectsAreReused() {
        ScheduleSetup setup = setup("value", EPOCHS, PLAIN, true);

        assertEqualsReference(setup, event("a", 35, 0, 3.5));
    }

    @Test
    void orderBehindTheLastEventOfItsKeyHoldsForNoEvent() {
        ScheduleSetup setup = setup("value", TimingConfig.atArrival(), PLAIN, false);

        assertEqualsReference(
                setup,
                event("a", 14, 0, 1),
                order(new Control<>(Control.Action.RESET, "a", null, 5L, Map.of(), 1, 1)),
                event("a", 15, 2, 2));
    }

    @Test
    void timedOrderIsCarriedOutAgainWhenItsKeyGoesBack() {
        ScheduleSetup setup = setup("value", TimingConfig.atArrival(), rewinding(3), false);

        assertEqualsReference(
                setup,
                event("a", 5, 0, 1),
                order(new Control<>(Control.Action.RESET, "a", null, 14L, Map.of(), 1, 1)),
                event("a", 14, 2, 3),
                event("a", 6, 3, 2));
    }

    @Test
    void keyDoesNotGoBackOverAnOrderThatHeldAtOnce() {
        ScheduleSetup setup = setup("value", TimingConfig.atArrival(), rewinding(3), false);

        assertEqualsReference(
                setup,
                event("a", 5, 0, 1),
                event("a", 14, 1, 3),
                order(
                        new Control<>(
                                Control.Action.RESET, "a", null, Control.AT_ONCE, Map.of(), 1, 2)),
                event("a", 15, 3, 4),
                event("a", 6, 4, 2));
    }

    @Test
    void orderOfAForgottenKeyIsCarriedOutAgainWhenTheKeyGoesBack() {
        SequenceConfig forgetting =
                new SequenceConfig(
                        EventOrder.ARRIVAL,
                        3,
                        GapConfig.none(),
                        Duration.ofMillis(40),
                        WeightsChange.KEEP,
                        1);
        ScheduleSetup setup = setup("value", TimingConfig.atArrival(), forgetting, false);
        Map<String, float[]> state = Map.of("lstm", new float[] {0.5f, 0.5f, 0.5f, 0.5f});

        assertEqualsReference(
                setup,
                event("a", 0, 0, 1),
                order(new Control<>(Control.Action.SEED, "a", null, 99L, state, 1, 1)),
                event("a", 100, 2, 3),
                event("a", 99, 3, 2));
    }

    @Test
    void keyWhoseFirstEventResetsItsStateGoesBackOverThatEvent() {
        ScheduleSetup setup = setup("value", TimingConfig.atArrival(), rewinding(3), false);
        MemoryConfig plain = MemoryConfig.plain();
        MemoryConfig narrow =
                new MemoryConfig(
                        plain.residentSize(), plain.residentKeys(), plain.precision(), 1e-9);
        InferenceConfig config =
                new InferenceConfig(
                        setup.config().batch(),
                        setup.config().timing(),
                        setup.config().standardisation(),
                        narrow,
                        setup.config().sequence());

        assertEqualsReference(setup.with(config), event("a", 17, 0, 3), event("a", 16, 1, 4));
    }

    @Test
    void rejectionNamesTheLateEventAndNotTheOneThatItWouldSpoil() {
        ScheduleSetup setup =
                setup(
                        "value, rise=value|diff|log1p",
                        TimingConfig.atArrival(),
                        rewinding(3),
                        false);

        assertEqualsReference(setup, event("a", 17, 5, 3), event("a", 16, 6, 4));
    }

    @Test
    void weightsOfAnEventBehindTheWatermarkDoNotDependOnHowFarTheTrainerIs() {
        SequenceConfig ordered =
                new SequenceConfig(
                        EventOrder.EVENT_TIME, 0, GapConfig.none(), null, WeightsChange.KEEP, 1);
        ScheduleSetup setup = setup("value", EPOCHS, ordered, false);

        assertEqualsReference(
                setup,
                weights(1, 1, 1, WeightsKind.GOOD),
                trainerWatermark(19),
                eventWatermark(19),
                event("a", 15, 0, 3.5),
                event("a", 16, 1, 4.5));
    }

    private static SequenceConfig rewinding(int steps) {
        return new SequenceConfig(
                EventOrder.ARRIVAL, steps, GapConfig.none(), null, WeightsChange.KEEP, 1);
    }

    private static ScheduleSetup setup(
            String columns, TimingConfig timing, SequenceConfig sequence, boolean objectReuse) {
        ForecasterSetup plain = ForecasterSetup.plain();
        return new ScheduleSetup(
                "lstm(2) dense(1)",
                columns,
                "value",
                new InferenceConfig(
                        plain.config().batch(),
                        timing,
                        ForecasterSetup.STANDARDISATION,
                        MemoryConfig.plain(),
                        sequence),
                objectReuse);
    }

    private static void assertEqualsReference(ScheduleSetup setup, Action... actions) {
        Schedule schedule = new Schedule(setup, List.of(actions));

        assertThat(new ScheduleCheck(false).difference(schedule).orElse("none")).isEqualTo("none");
    }
}
