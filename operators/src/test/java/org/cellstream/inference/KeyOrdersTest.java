package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders about one key. */
class KeyOrdersTest {

    private static final ForecasterSetup PLAIN =
            ForecasterSetup.plain().network("lstm(3) lstm(2) dense(1)");
    private static final float[] LOWER = {.1f, .2f, .3f, .4f, .5f, .6f};
    private static final float[] UPPER = {.7f, -.8f, .9f, -1f};

    @Test
    void resetStartsOneKeyFromZerosAtOnce() throws Exception {
        OneKeyByHand hand = twoEventsByHand();
        hand.zeros();
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            twoEvents(forecaster, "other");
            forecaster.control(Control.reset("key"));
            forecaster.process("key", 2, 4);
            forecaster.process("other", 2, 4);
            forecaster.checkpoint();

            Forecast<String> after = last(forecaster, "key");
            assertThat(after.values()[0]).isEqualTo(hand.event(2, 4));
            assertThat(after.cold()).isTrue();
            assertThat(after.step()).isEqualTo(3);
            assertThat(after.persistenceError()).isEqualTo(4.0 - 2.0);
            assertThat(last(forecaster, "other").stepsSinceReset()).isEqualTo(3);
        }
    }

    @Test
    void resetLayerClearsThatLayerOnly() throws Exception {
        OneKeyByHand hand = twoEventsByHand();
        hand.zeros(1);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.resetLayer("key", "lstm_1"));
            forecaster.control(Control.report("key"));
            forecaster.process("key", 2, 4);
            forecaster.checkpoint();

            Map<String, float[]> state = forecaster.reports().get(0).state();
            assertThat(state.get("lstm")).isEqualTo(Arrays.copyOf(hand.state(), 6));
            assertThat(state.get("lstm_1")).containsOnly(0);
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(2, 4));
            assertThat(last(forecaster, "key").stepsSinceReset()).isEqualTo(3);
        }
    }

    @Test
    void seedSetsTheLayersThatAreGiven() throws Exception {
        OneKeyByHand hand = twoEventsByHand();
        System.arraycopy(UPPER, 0, hand.state(), 6, 4);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.seed("key", Map.of("lstm_1", UPPER)));
            forecaster.control(Control.report("key"));
            forecaster.process("key", 2, 4);
            forecaster.checkpoint();

            Map<String, float[]> state = forecaster.reports().get(0).state();
            assertThat(state.get("lstm_1")).isEqualTo(UPPER);
            assertThat(state.get("lstm")).isEqualTo(Arrays.copyOf(hand.state(), 6));
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(2, 4));
        }
    }

    @Test
    void keyNeverSeenCanBeSeededAndIsNotColdThen() throws Exception {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        System.arraycopy(LOWER, 0, hand.state(), 0, 6);
        System.arraycopy(UPPER, 0, hand.state(), 6, 4);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.control(Control.seed("key", Map.of("lstm", LOWER, "lstm_1", UPPER)));
            twoEvents(forecaster, "key");
            forecaster.checkpoint();

            hand.event(0, 1);
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(1, 2));
            assertThat(forecaster.forecasts().get(0).cold()).isFalse();
            assertThat(forecaster.forecasts().get(0).step()).isEqualTo(1);
        }
    }

    @Test
    void seedFromATimeIsCarriedOutAtTheFirstEventAtOrAfterIt() throws Exception {
        OneKeyByHand hand = twoEventsByHand();
        hand.event(4, 3);
        System.arraycopy(LOWER, 0, hand.state(), 0, 6);
        double expected = hand.event(5, 4);
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.seed("key", Map.of("lstm", LOWER)).from(5));
            forecaster.process("key", 4, 3);
            forecaster.process("key", 5, 4);
            forecaster.process("key", 6, 5);
            forecaster.checkpoint();

            assertThat(forecaster.forecasts().get(3).values()[0]).isEqualTo(expected);
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(6, 5));
        }
    }

    @Test
    void resetFromATimeIsCarriedOutAtTheFirstEventAtOrAfterItAndOnce() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.reset("key").from(5));
            for (int time = 4; time < 9; time += 2) {
                forecaster.process("key", time, time);
            }
            forecaster.checkpoint();

            assertThat(forecaster.forecasts())
                    .extracting(Forecast::stepsSinceReset)
                    .containsExactly(1L, 2L, 3L, 1L, 2L);
            assertThat(forecaster.metrics().value("resetsByOrder")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-7, 0, 1})
    void orderFromATimeThatTheKeyHasReachedIsRejectedAndChangesNothing(long time) throws Exception {
        OneKeyByHand hand = twoEventsByHand();
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.reset("key").from(time));
            forecaster.control(Control.seed("key", Map.of("lstm", LOWER)).from(time));
            forecaster.process("key", 2, 4);
            forecaster.checkpoint();

            assertThat(forecaster.rejected())
                    .extracting(Rejected::reason)
                    .containsExactly(
                            "reset holds from %d on; the last event of key was at 1"
                                    .formatted(time),
                            "seed holds from %d on; the last event of key was at 1"
                                    .formatted(time));
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(2, 4));
            assertThat(last(forecaster, "key").stepsSinceReset()).isEqualTo(3);
            assertThat(forecaster.metrics().value("controlOrders")).isZero();
        }
    }

    @Test
    void resetTakesBackASeedThatCameBeforeIt() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.seed("key", Map.of("lstm", LOWER)));
            forecaster.control(Control.reset("key"));
            forecaster.process("key", 2, 4);
            forecaster.checkpoint();

            OneKeyByHand hand = twoEventsByHand();
            hand.zeros();
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(2, 4));
            assertThat(last(forecaster, "key").cold()).isTrue();
        }
    }

    @Test
    void reportHoldsWhatStateHolds() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.weights(PLAIN.weights(4));
            forecaster.process("key", 9, 3);
            forecaster.control(Control.report("key"));
            forecaster.checkpoint();

            StateReport<String> report = forecaster.reports().get(0);
            float[] state = forecaster.stored("key").state();
            assertThat(report.state()).containsOnlyKeys("lstm", "lstm_1");
            assertThat(report.state().get("lstm")).isEqualTo(Arrays.copyOf(state, 6));
            assertThat(report.state().get("lstm_1")).isEqualTo(Arrays.copyOfRange(state, 6, 10));
            assertThat(report.time()).isEqualTo(9);
            assertThat(report.step()).isEqualTo(3);
            assertThat(report.stepsSinceReset()).isEqualTo(3);
            assertThat(report.weightsGeneration()).isEqualTo(1);
            assertThat(report.weightsNumber()).isEqualTo(4);
        }
    }

    @Test
    void reportOfAKeyNeverSeenIsOfZerosAndMakesNoMemory() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.control(Control.report("key"));
            forecaster.checkpoint();

            StateReport<String> report = forecaster.reports().get(0);
            assertThat(report.step()).isZero();
            assertThat(report.time()).isEqualTo(Long.MIN_VALUE);
            assertThat(report.state().get("lstm")).containsOnly(0);
            assertThat(forecaster.stored("key")).isNull();
        }
    }

    @Test
    void reportedStateSeedsAnotherKeyToTheSameState() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(Control.report("key"));
            forecaster.control(Control.seed("other", forecaster.reports().get(0).state()));
            forecaster.control(Control.report("other"));

            StateReport<String> other = forecaster.reports().get(1);
            forecaster
                    .reports()
                    .get(0)
                    .state()
                    .forEach((layer, h) -> assertThat(other.state().get(layer)).isEqualTo(h));
        }
    }

    @Test
    void forgottenKeyIsGoneFromStateAndLikeNeverSeen() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            twoEvents(forecaster, "other");
            forecaster.checkpoint();
            forecaster.control(Control.forget("key"));
            forecaster.checkpoint();
            assertThat(forecaster.stored("key")).isNull();
            assertThat(forecaster.stored("other")).isNotNull();

            twoEvents(forecaster, "key");
            forecaster.checkpoint();

            List<Forecast<String>> all =
                    forecaster.forecasts().stream().filter(f -> f.key().equals("key")).toList();
            assertThat(all.subList(2, 4)).isEqualTo(all.subList(0, 2));
        }
    }

    @Test
    void orderThatIsRepeatedWaitsOnce() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            for (int i = 0; i < 100; i++) {
                forecaster.control(Control.seed("key", Map.of("lstm", LOWER)));
                forecaster.control(Control.seed("key", Map.of("lstm", LOWER)).from(5));
                forecaster.control(Control.resetLayer("key", "lstm_1").from(5));
            }
            forecaster.checkpoint();

            assertThat(forecaster.stored("key").orders().toString()).hasSizeLessThan(200);
        }
    }

    @Test
    void forgettingDropsWhatWaitsForTheKey() throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            forecaster.control(Control.seed("key", Map.of("lstm", LOWER)).from(1));
            forecaster.control(Control.forget("key"));
            twoEvents(forecaster, "key");
            forecaster.checkpoint();

            assertThat(last(forecaster, "key").stepsSinceReset()).isEqualTo(2);
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(lastOfTwoEventsByHand());
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        Control.resetLayer("key", "lstm_2"),
                        "layer is lstm_2; the layers with a state are [lstm, lstm_1]"),
                Arguments.of(Control.resetLayer("key", "dense"), "layer is dense"),
                Arguments.of(
                        new Control<>(Action.RESET_LAYER, "key", null, 5, Map.of(), -1, -1),
                        "layer is null"),
                Arguments.of(
                        new Control<>(Action.RESET, "key", "lstm", 5, Map.of(), -1, -1),
                        "reset has layer lstm"),
                Arguments.of(Control.seed("key", Map.of()), "state is empty"),
                Arguments.of(
                        Control.seed("key", Map.of("lstm", UPPER)),
                        "state of lstm has 4 floats; need 6: h, then c"),
                Arguments.of(
                        Control.seed("key", Map.of("lstm", LOWER, "gru", UPPER)), "layer is gru"),
                Arguments.of(
                        Control.seed("key", Map.of("lstm_1", new float[] {0, Float.NaN, 0, 0})),
                        "state of lstm_1 has NaN at 1; need finite floats"),
                Arguments.of(Control.report("key").from(3), "report has time 3"),
                Arguments.of(Control.forget("key").from(3), "forget has time 3"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void orderThatCannotBeCarriedOutIsRejectedWithTheReason(Control<String> order, String reason)
            throws Exception {
        try (var forecaster = TestingForecaster.start(PLAIN)) {
            twoEvents(forecaster, "key");
            forecaster.control(order);
            forecaster.process("key", 6, 4);
            forecaster.checkpoint();

            Rejected rejected = forecaster.rejected().get(0);
            OneKeyByHand hand = twoEventsByHand();
            assertThat(forecaster.rejected()).hasSize(1);
            assertThat(rejected.cause()).isEqualTo(Rejected.Cause.CONTROL);
            assertThat(rejected.reason()).startsWith(reason);
            assertThat(rejected.value()).isEqualTo(order.action().text());
            assertThat(last(forecaster, "key").values()[0]).isEqualTo(hand.event(6, 4));
            assertThat(forecaster.metrics().value("controlOrders")).isZero();
        }
    }

    private static void twoEvents(TestingForecaster forecaster, String key) throws Exception {
        forecaster.process(key, 0, 1);
        forecaster.process(key, 1, 2);
    }

    private static OneKeyByHand twoEventsByHand() {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        hand.event(1, 2);
        return hand;
    }

    private static double lastOfTwoEventsByHand() {
        OneKeyByHand hand = new OneKeyByHand(PLAIN);
        hand.event(0, 1);
        return hand.event(1, 2);
    }

    private static Forecast<String> last(TestingForecaster forecaster, String key) {
        List<Forecast<String>> all =
                forecaster.forecasts().stream().filter(f -> f.key().equals(key)).toList();
        return all.get(all.size() - 1);
    }
}
