package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingWindowsTest {

    private static final int MOST = 8;

    private static PendingWindow<String> window(String key) {
        float[] one = {1};
        return new PendingWindow<>(key, one, one, one, false, 1, false);
    }

    private static PendingWindows<String> pending(String keys, boolean rounds) {
        PendingWindows<String> pending = new PendingWindows<>(List.of(), MOST, rounds);
        keys.chars().forEach(key -> pending.add(window(Character.toString(key))));
        return pending;
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "a, false",
        "aa, true",
        "ab, false",
        "aba, false",
        "abab, true",
        "abaa, true",
        "aabcde, false",
        "abcdefgh, true",
    })
    void roundIsFullWithTwoWindowsForEachOfItsKeys(String keys, boolean full) {
        assertThat(pending(keys, true).fillMinibatch()).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({"aa, false", "aaaaaaa, false", "aaaaaaaa, true"})
    void withoutRoundsOnlyTheNumberOfWindowsCounts(String keys, boolean full) {
        assertThat(pending(keys, false).fillMinibatch()).isEqualTo(full);
    }

    @Test
    void restoredWindowsCountAsThoseThatWereAdded() {
        PendingWindows<String> restored =
                new PendingWindows<>(pending("aba", true).all(), MOST, true);

        restored.add(window("b"));

        assertThat(restored.fillMinibatch()).isTrue();
        assertThat(restored.isWaitingFor("a")).isTrue();
    }

    @Test
    void keyOfADroppedWindowWaitsOnlyWithAnother() {
        PendingWindows<String> pending = pending("aba", true);

        pending.drop(2);

        assertThat(pending.isWaitingFor("a")).isTrue();
        assertThat(pending.isWaitingFor("b")).isFalse();
    }

    @Test
    void forgottenKeyIsCountedNoMore() {
        PendingWindows<String> pending = pending("abaca", true);

        pending.forget("b");
        pending.forget("c");

        assertThat(pending.isWaitingFor("b")).isFalse();
        assertThat(pending.fillMinibatch()).isTrue();
    }
}
