package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cellstream.config.EventOrder;
import org.cellstream.config.GapConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Forecast;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sequences that start anew: what the key's inputs were before does not count, and what an order
 * set stays set. One event of the key every ten milliseconds.
 */
class StartAnewTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();
    private static final int RERUN_STEPS = 3;
    private static final float[] SEED = {.1f, .2f, .3f, .4f, .5f, -.1f, -.2f, -.3f, -.4f, -.5f};
    private static final float[] WIDE_OPEN = {0, 0, 0, 0, 0, 900, 900, 900, 900, 900};

    /** Orders that start a sequence anew, between the third event and the fourth, at 30. */
    static Stream<Control<String>> restarts() {
        Control<String> seed = Control.seed("key", Map.of("lstm", SEED));
        return Stream.of(
                Control.reset("key"),
                Control.reset("key").from(25),
                Control.resetAll(25),
                seed,
                seed.from(25));
    }

    @ParameterizedTest
    @MethodSource("restarts")
    void inputsBeforeAnOrderThatStartsAnewAreNotRunAgain(Control<String> restart) throws Exception {
        OneKeyByHand hand = eventsByHand(5);
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(2).forEach(hand::step);
        try (var forecaster = TestingForecaster.start(rerunning(GapConfig.none(), null))) {
            events(forecaster, 0, 3);
            forecaster.control(restart);
            events(forecaster, 3, 5);
            forecaster.weights(PLAIN.weights(1));
            events(forecaster, 5, 6);
            forecaster.checkpoint();

            Forecast<String> last = forecaster.forecasts().get(5);
            assertThat(forecaster.metrics().value("rerunKeys")).isEqualTo(1);
            assertThat(last.stepsSinceReset()).isEqualTo(3);
            assertThat(last.values()[0]).isEqualTo(hand.event(50, value(5)));
        }
    }

    @Test
    void inputsBeforeAGapThatStartsAnewAreNotRunAgain() throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), MissingSteps.MASK, 5);
        OneKeyByHand hand = eventsByHand(3);
        hand.event(1_030, value(3));
        hand.event(1_040, value(4));
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(2).forEach(hand::step);

        Forecast<String> last = afterAPause(rerunning(gaps, null));

        assertThat(last.stepsSinceReset()).isEqualTo(3);
        assertThat(last.values()[0]).isEqualTo(hand.event(1_050, value(5)));
    }

    @Test
    void inputsOfAnExpiredKeyAreNotRunAgain() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(1_030, value(3));
        hand.event(1_040, value(4));
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(2).forEach(hand::step);

        Forecast<String> last = afterAPause(rerunning(GapConfig.none(), Duration.ofMillis(500)));

        assertThat(last.step()).isEqualTo(3);
        assertThat(last.stepsSinceReset()).isEqualTo(3);
        assertThat(last.values()[0]).isEqualTo(hand.event(1_050, value(5)));
    }

    /** The last forecast of three events, a second of silence, two events, new weights and one. */
    private static Forecast<String> afterAPause(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            events(forecaster, 0, 3);
            events(forecaster, 103, 105, 3);
            forecaster.weights(PLAIN.weights(1));
            events(forecaster, 105, 106, 5);
            forecaster.checkpoint();
            assertThat(forecaster.metrics().value("rerunKeys")).isEqualTo(1);
            return forecaster.forecasts().get(5);
        }
    }

    @Test
    void inputsOfAStateThatExplodedAreNotRunAgain() throws Exception {
        MemoryConfig memory = MemoryConfig.plain();
        ForecasterSetup setup =
                rerunning(GapConfig.none(), null)
                        .memory(
                                new MemoryConfig(
                                        memory.residentSize(), null, memory.precision(), 50));
        OneKeyByHand hand = eventsByHand(5);
        hand.use(PLAIN.weights(1));
        hand.zeros();
        hand.lastInputs(2).forEach(hand::step);
        try (var forecaster = TestingForecaster.start(setup)) {
            events(forecaster, 0, 2);
            forecaster.control(Control.seed("key", Map.of("lstm", WIDE_OPEN)));
            events(forecaster, 2, 5);
            forecaster.weights(PLAIN.weights(1));
            events(forecaster, 5, 6);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("explodedStates")).isEqualTo(1);
            assertThat(forecaster.forecasts().get(5).values()[0])
                    .isEqualTo(hand.event(50, value(5)));
        }
    }

    @Test
    void inputBeforeAResetIsNotCarriedOverAGap() throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), MissingSteps.CARRY, 50);
        OneKeyByHand hand = eventsByHand(3);
        hand.zeros();
        try (var forecaster = TestingForecaster.start(with(gaps, null, WeightsChange.KEEP))) {
            events(forecaster, 0, 3);
            forecaster.control(Control.reset("key"));
            events(forecaster, 6, 7);
            forecaster.checkpoint();

            assertThat(forecaster.metrics().value("carriedSteps")).isZero();
            assertThat(forecaster.forecasts().get(3).values()[0])
                    .isEqualTo(hand.event(60, value(6)));
        }
    }

    @Test
    void newWeightsDoNotUndoASeedThatHeldAtOnce() throws Exception {
        for (WeightsChange change : List.of(WeightsChange.RESET, WeightsChange.RERUN)) {
            OneKeyByHand hand = seededByHand(eventsByHand(3));
            hand.use(PLAIN.weights(1));
            try (var forecaster = TestingForecaster.start(with(GapConfig.none(), null, change))) {
                events(forecaster, 0, 3);
                forecaster.control(Control.seed("key", Map.of("lstm", SEED)));
                forecaster.weights(PLAIN.weights(1));
                events(forecaster, 3, 4);
                forecaster.checkpoint();

                assertThat(forecaster.forecasts().get(3).cold()).isFalse();
                assertThat(forecaster.forecasts().get(3).values()[0])
                        .isEqualTo(hand.event(30, value(3)));
            }
        }
    }

    @Test
    void gapDoesNotUndoASeedThatHeldAtOnce() throws Exception {
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), MissingSteps.MASK, 5);
        OneKeyByHand hand = seededByHand(eventsByHand(3));

        Forecast<String> first = firstAfterSeedAndPause(with(gaps, null, WeightsChange.KEEP));

        assertThat(first.cold()).isFalse();
        assertThat(first.values()[0]).isEqualTo(hand.event(1_030, value(3)));
    }

    @Test
    void seedThatHeldAtOnceOutlivesItsKey() throws Exception {
        OneKeyByHand hand = seededByHand(new OneKeyByHand(PLAIN));

        Forecast<String> first =
                firstAfterSeedAndPause(
                        with(GapConfig.none(), Duration.ofMillis(500), WeightsChange.KEEP));

        assertThat(first.step()).isEqualTo(1);
        assertThat(first.cold()).isFalse();
        assertThat(first.values()[0]).isEqualTo(hand.event(1_030, value(3)));
    }

    private static Forecast<String> firstAfterSeedAndPause(ForecasterSetup setup) throws Exception {
        try (var forecaster = TestingForecaster.start(setup)) {
            events(forecaster, 0, 3);
            forecaster.control(Control.seed("key", Map.of("lstm", SEED)));
            events(forecaster, 103, 104, 3);
            forecaster.checkpoint();
            return forecaster.forecasts().get(3);
        }
    }

    @Test
    void seedThatHeldAtOnceIsNotSetAgainAfterTheFirstEvent() throws Exception {
        OneKeyByHand hand = seededByHand(eventsByHand(3));
        hand.event(30, value(3));
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            events(forecaster, 0, 3);
            forecaster.control(Control.seed("key", Map.of("lstm", SEED)));
            events(forecaster, 3, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(4).values()[0])
                    .isEqualTo(hand.event(40, value(4)));
        }
    }

    @Test
    void keyThatWasSeededIsNotCold() throws Exception {
        Control<String> seed = Control.seed("key", Map.of("lstm", SEED));
        try (var atOnce = TestingForecaster.start(PLAIN);
                var fromATime = TestingForecaster.start(PLAIN);
                var afterAReset = TestingForecaster.start(PLAIN)) {
            atOnce.control(seed);
            fromATime.control(seed.from(5));
            afterAReset.control(Control.reset("key").from(5));
            afterAReset.control(seed.from(5));
            for (var forecaster : List.of(atOnce, fromATime, afterAReset)) {
                forecaster.control(Control.report("key"));
                events(forecaster, 1, 2);
                forecaster.checkpoint();

                assertThat(forecaster.forecasts().get(0).cold()).isFalse();
                assertThat(forecaster.forecasts().get(0).stepsSinceReset()).isEqualTo(2);
            }

            assertThat(atOnce.reports().get(0).stepsSinceReset()).isEqualTo(1);
            assertThat(atOnce.reports().get(0).state().get("lstm")).isEqualTo(SEED);
            assertThat(fromATime.reports().get(0).stepsSinceReset()).isZero();
        }
    }

    @Test
    void keyThatWasResetAfterItsSeedIsCold() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.control(Control.seed("key", Map.of("lstm", SEED)).from(5));
            forecaster.control(Control.reset("key").from(5));
            events(forecaster, 1, 2);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(0).cold()).isTrue();
        }
    }

    private static OneKeyByHand eventsByHand(int events) {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        for (int i = 0; i < events; i++) {
            hand.event(10L * i, value(i));
        }
        return hand;
    }

    private static OneKeyByHand seededByHand(OneKeyByHand hand) {
        System.arraycopy(SEED, 0, hand.state(), 0, SEED.length);
        return hand;
    }

    private static void events(TestingForecaster forecaster, int from, int to) throws Exception {
        events(forecaster, from, to, from);
    }

    /** Events in the places {@code from} to {@code to}, with the values from {@code first} on. */
    private static void events(TestingForecaster forecaster, int from, int to, int first)
            throws Exception {
        for (int i = from; i < to; i++) {
            forecaster.process("key", 10L * i, value(first + i - from));
        }
    }

    private static double value(int i) {
        return Math.sin(i) + i;
    }

    private static ForecasterSetup rerunning(GapConfig gaps, @Nullable Duration timeToLive) {
        return with(gaps, timeToLive, WeightsChange.RERUN);
    }

    private static ForecasterSetup with(
            GapConfig gaps, @Nullable Duration timeToLive, WeightsChange change) {
        return PLAIN.sequence(
                new SequenceConfig(EventOrder.ARRIVAL, 0, gaps, timeToLive, change, RERUN_STEPS));
    }
}
