package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.learn.Window;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int CAPACITY = 100;
    private static final long SEED = 5;

    private static StartedWindow<String> window(int number) {
        return new StartedWindow<>(
                "key-" + number % 3,
                new float[] {number},
                new float[1],
                new float[] {1},
                new float[0],
                1);
    }

    private static Reservoir<String> filled(int windows) {
        Reservoir<String> reservoir = new Reservoir<>(List.of(), 0, CAPACITY, SEED);
        for (int i = 0; i < windows; i++) {
            reservoir.add(window(i));
        }
        return reservoir;
    }

    private static List<Integer> numbers(Reservoir<String> reservoir) {
        return reservoir.all().stream().map(w -> (int) w.inputs()[0]).toList();
    }

    @Test
    void keepsAllUntilItIsFull() {
        assertThat(numbers(filled(CAPACITY))).hasSize(CAPACITY).isSorted();
    }

    @Test
    void olderWindowsFade() {
        List<Integer> numbers = numbers(filled(20 * CAPACITY));

        assertThat(numbers).hasSize(CAPACITY).doesNotHaveDuplicates();
        // Of the newest CAPACITY a share of 1 - 1/e stays, of those before (1 - 1/e)/e.
        long newest = numbers.stream().filter(n -> n >= 19 * CAPACITY).count();
        long before = numbers.stream().filter(n -> n < 19 * CAPACITY).count();
        long old = numbers.stream().filter(n -> n < 15 * CAPACITY).count();
        assertThat(newest).isBetween(50L, 75L);
        assertThat(before).isBetween(25L, 50L);
        assertThat(old).isLessThan(6);
    }

    @Test
    void drawsAreTheSameInEveryRunAndDifferFromStepToStep() {
        Reservoir<String> one = filled(3 * CAPACITY);
        Reservoir<String> other = filled(3 * CAPACITY);

        List<Window> drawn = one.draw(8, 4, 2);

        assertThat(other.draw(8, 4, 2)).isEqualTo(drawn);
        assertThat(one.draw(8, 4, 3)).isNotEqualTo(drawn);
        assertThat(one.draw(8, 5, 2)).isNotEqualTo(drawn);
    }

    @Test
    void restoredOneGoesOnTheSameWay() {
        Reservoir<String> undisturbed = filled(150);
        Reservoir<String> restored =
                new Reservoir<>(undisturbed.all(), undisturbed.added(), CAPACITY, SEED);

        for (int i = 150; i < 400; i++) {
            undisturbed.add(window(i));
            restored.add(window(i));
        }

        assertThat(restored.all()).isEqualTo(undisturbed.all());
        assertThat(restored.draw(5, 9, 0)).isEqualTo(undisturbed.draw(5, 9, 0));
    }

    @Test
    void forgetsTheWindowsOfAKey() {
        Reservoir<String> reservoir = filled(CAPACITY);

        reservoir.forget("key-1");

        assertThat(reservoir.all()).hasSize(67).noneMatch(window -> window.key().equals("key-1"));
        List<Window> drawn = new ArrayList<>(reservoir.draw(50, 1, 1));
        assertThat(drawn).noneMatch(window -> (int) window.inputs()[0] % 3 == 1);
    }
}
