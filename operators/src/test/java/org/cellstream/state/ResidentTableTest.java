package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentTableTest {

    /** A key of which many have the same hash. */
    private record Key(int number, int hashes) {

        @Override
        public int hashCode() {
            return number % hashes;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 1_000_000})
    void doesWhatAMapInOrderOfAccessDoes(int hashes) {
        ResidentTable<Key> table = new ResidentTable<>();
        LinkedHashMap<Key, Resident<Key>> map = new LinkedHashMap<>(16, 0.75f, true);
        Random random = new Random(hashes);

        for (int i = 0; i < 20_000; i++) {
            // First it grows, then it shrinks.
            boolean adds = random.nextInt(20_000) > i;
            Key key = new Key(random.nextInt(1_500), hashes);
            if (random.nextInt(3) == 0) {
                assertThat(table.use(key)).isSameAs(map.get(key));
            } else if (adds && !map.containsKey(key)) {
                Resident<Key> resident = resident(key);
                table.add(resident);
                map.put(key, resident);
            } else if (!adds) {
                assertThat(table.remove(key)).isSameAs(map.remove(key));
            }
            assertThat(table.find(key) != null).isEqualTo(map.containsKey(key));
            assertThat(table.size()).isEqualTo(map.size());
            if (i % 500 == 0) {
                assertThat(inOrder(table)).isEqualTo(List.copyOf(map.values()));
            }
        }
        assertThat(inOrder(table)).isEqualTo(List.copyOf(map.values()));
    }

    @Test
    void oldestIsTheOneNotUsedForLongest() {
        ResidentTable<String> table = new ResidentTable<>();
        for (String key : List.of("a", "b", "c")) {
            table.add(resident(key));
        }

        table.use("a");

        assertThat(table.at(table.oldest()).key()).isEqualTo("b");
        table.remove("b");
        assertThat(table.at(table.oldest()).key()).isEqualTo("c");
        table.remove("c");
        table.remove("a");
        assertThat(table.oldest()).isNegative();
        assertThat(table.use("a")).isNull();
    }

    private static <K> Resident<K> resident(K key) {
        return new Resident<>(key, new KeyMemory(7, new double[8], new float[4]), 0, 0);
    }

    private static <K> List<Resident<K>> inOrder(ResidentTable<K> table) {
        List<Resident<K>> all = new ArrayList<>();
        for (int at = table.oldest(); at >= 0; at = table.newerThan(at)) {
            all.add(table.at(at));
        }
        return all;
    }
}
