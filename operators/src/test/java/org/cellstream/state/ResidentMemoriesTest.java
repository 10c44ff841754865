package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentMemoriesTest {

    private static final Columns COLUMNS = Columns.parse("a", "a");
    private static final MemoryShape SHAPE =
            new MemoryShape(Network.parse("lstm(8) dense(1)", COLUMNS.width()), COLUMNS);
    private static final Intake INTAKE = new Intake(SHAPE, new StandardisationConfig(0.1, 6));
    private static final int KEY_BYTES = 56;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evictedMemoryIsReadBackToTheBit(boolean asBytes) throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, asBytes);
        ResidentMemories<Integer> residents = memories(state, byKeys(4, 1));
        Map<Integer, KeyMemory> expected = new HashMap<>();
        Random random = new Random(1);

        for (int i = 0; i < 2_000; i++) {
            int key = random.nextInt(20);
            Resident<Integer> row = residents.of(key);
            assertThat(row.memory()).isEqualTo(expected.getOrDefault(key, INTAKE.newMemory()));
            if (random.nextInt(3) > 0) {
                row.memory().layers()[row.memory().at() + random.nextInt(16)] = random.nextFloat();
                row.memory().advance(i);
                residents.changed(row);
                expected.put(key, row.memory().copy());
            }
        }
        residents.writeChanged();

        for (Map.Entry<Integer, KeyMemory> entry : expected.entrySet()) {
            assertThat(state.of(entry.getKey())).isEqualTo(entry.getValue());
        }
    }

    @Test
    void onlyChangedMemoriesAreWrittenAtABarrierAndOnce() throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, false);
        ResidentMemories<Integer> residents = memories(state, byKeys(100, 1));
        for (int key = 0; key < 50; key++) {
            residents.of(key);
        }
        change(residents, 3);
        change(residents, 7);
        change(residents, 3);

        residents.writeChanged();
        assertThat(state.writes).isEqualTo(2);
        residents.writeChanged();
        assertThat(state.writes).isEqualTo(2);

        change(residents, 9);
        residents.writeChanged();
        assertThat(state.writes).isEqualTo(3);
        assertThat(residents.writes()).isEqualTo(3);
        assertThat(residents.reads()).isEqualTo(50);
        assertThat(state.values).containsOnlyKeys(3, 7, 9);
    }

    @Test
    void evictionWritesOnlyWhatChanged() throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, false);
        ResidentMemories<Integer> residents = memories(state, byKeys(2, 1));
        change(residents, 1);
        residents.of(2);
        residents.of(3);
        residents.of(4);

        assertThat(state.values).containsOnlyKeys(1);
        residents.writeChanged();
        assertThat(state.writes).isEqualTo(1);
    }

    @Test
    void leastRecentlyUsedKeyIsEvictedFirst() throws IOException {
        ResidentMemories<Integer> residents = memories(byKeys(3, 1));
        residents.of(1);
        residents.of(2);
        residents.of(3);
        residents.of(1);
        residents.of(4);

        assertThat(residents.holds(2)).isFalse();
        assertThat(residents.holds(1)).isTrue();
        assertThat(residents.keys()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 300, 1000})
    void noMoreKeysAreHeldThanAllowed(int keys) throws IOException {
        ResidentMemories<Integer> residents = memories(byKeys(keys, 1));
        for (int key = 0; key < 1_500; key++) {
            residents.of(key);
            assertThat(residents.keys()).isLessThanOrEqualTo(keys);
        }
        assertThat(residents.keys()).isEqualTo(keys);
    }

    @Test
    void keysOfOneBatchAreHeldWhateverIsAllowed() throws IOException {
        ResidentMemories<Integer> residents = memories(byKeys(1, 8));
        for (int key = 0; key < 100; key++) {
            residents.of(key);
        }

        assertThat(residents.keys()).isEqualTo(8);
        for (int key = 92; key < 100; key++) {
            assertThat(residents.holds(key)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000, 100_000, 1_000_000})
    void bytesStayWithinTheCapacityOnceMoreThanTheLeastRowsAreHeld(long capacity)
            throws IOException {
        ResidentMemories<Integer> residents =
                memories(new ResidentCapacity(capacity, Integer.MAX_VALUE, 4, 3));
        for (int key = 0; key < 5_000; key++) {
            residents.of(key);
            assertThat(residents.keys() <= 4 || residents.bytes() <= capacity).isTrue();
        }
        // Half the room may be lost to an array that could not double any more.
        assertThat(residents.keys())
                .isGreaterThanOrEqualTo((int) Math.max(4, capacity / each() / 2));
    }

    @Test
    void arrayGrowsNoFurtherThanTheCapacityWhereverItsDoublingFalls() throws IOException {
        for (long capacity = 4_000; capacity < 60_000; capacity += 123) {
            ResidentMemories<Integer> residents =
                    memories(new ResidentCapacity(capacity, Integer.MAX_VALUE, 2, 1));
            for (int key = 0; key < 200; key++) {
                residents.of(key);
                assertThat(residents.bytes())
                        .as("bytes of %d keys", residents.keys())
                        .isLessThanOrEqualTo(capacity);
            }
            // Rows that the array has, but no key any more, are lost to the keys.
            assertThat(residents.keys())
                    .isGreaterThanOrEqualTo((int) Math.min(200, capacity / each() * 3 / 4));
        }
    }

    /** Bytes of a key's row, its entry and the rest of its memory. */
    private static int each() {
        return 16 * 4 + KEY_BYTES + 104 + KeyMemoryFormat.heapBytes(INTAKE.newMemory());
    }

    @Test
    void memoriesThatGrowPushOthersOut() throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, true);
        ResidentMemories<Integer> residents =
                memories(state, new ResidentCapacity(100_000, Integer.MAX_VALUE, 4, 0));
        for (int key = 0; key < 100; key++) {
            residents.of(key);
        }
        assertThat(residents.keys()).isEqualTo(100);
        for (int key = 0; key < 100; key++) {
            Resident<Integer> row = residents.of(key);
            KeptInputs inputs = KeptInputs.fitting(null, 1_000, 1);
            inputs.add(new float[] {key}, 0);
            row.memory().keepInputs(inputs);
            residents.changed(row);
            residents.shrink();

            assertThat(residents.bytes()).isLessThanOrEqualTo(100_000);
        }

        for (int key = 0; key < 100; key++) {
            KeptInputs expected = KeptInputs.fitting(null, 1_000, 1);
            expected.add(new float[] {key}, 0);
            assertThat(residents.of(key).memory().inputs()).isEqualTo(expected);
        }
    }

    @Test
    void bytesCountTheArrayTheKeysAndWhatMemoriesHold() throws IOException {
        ResidentMemories<Integer> residents = memories(byKeys(10, 2));
        long empty = residents.bytes();
        Resident<Integer> row = residents.of(1);
        long one = residents.bytes();
        row.memory().keepForecast(new double[] {1});
        residents.changed(row);
        long withForecast = residents.bytes();
        residents.forget(1);

        assertThat(empty).isEqualTo(16 + 2 * 16 * 4);
        assertThat(one - empty)
                .isEqualTo(112 + KEY_BYTES + KeyMemoryFormat.heapBytes(INTAKE.newMemory()));
        assertThat(withForecast - one).isEqualTo(16 + 8);
        assertThat(residents.bytes()).isEqualTo(empty);
    }

    @Test
    void rowsKeepTheirStatesWhenTheArrayGrows() throws IOException {
        ResidentMemories<Integer> residents =
                memories(new ResidentCapacity(Long.MAX_VALUE, Integer.MAX_VALUE, 1, 2));
        residents.states()[0] = 42; // a spare row
        for (int key = 0; key < 1_000; key++) {
            KeyMemory memory = residents.of(key).memory();
            memory.layers()[memory.at()] = key;
        }

        assertThat(residents.states()[0]).isEqualTo(42);
        for (int key = 0; key < 1_000; key++) {
            KeyMemory memory = residents.of(key).memory();
            assertThat(memory.layers()).isSameAs(residents.states());
            assertThat(memory.at()).isGreaterThanOrEqualTo(2 * 16);
            assertThat(memory.state()[0]).isEqualTo(key);
        }
        assertThat(residents.reads()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void laterChangeOfARowDoesNotReachWhatWasWritten(boolean asBytes) throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, asBytes);
        ResidentMemories<Integer> residents = memories(state, byKeys(10, 1));
        change(residents, 1);
        residents.writeChanged();
        KeyMemory written = state.of(1).copy();

        KeyMemory memory = residents.of(1).memory();
        memory.layers()[memory.at()] = 99;
        memory.features()[0] = 99;
        memory.advance(1234);

        assertThat(state.of(1)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changeOfARowThatWasReadDoesNotReachStateBeforeItIsWritten(boolean asBytes)
            throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, asBytes);
        change(memories(state, byKeys(10, 1)), 1);
        ResidentMemories<Integer> first = memories(state, byKeys(10, 1));
        change(first, 1);
        first.writeChanged();
        KeyMemory written = state.of(1).copy();

        change(memories(state, byKeys(10, 1)), 1);

        assertThat(state.of(1)).isEqualTo(written);
    }

    @Test
    void forgottenKeyIsGoneHereAndInStateAndNotWrittenAgain() throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, false);
        ResidentMemories<Integer> residents = memories(state, byKeys(10, 1));
        change(residents, 1);
        change(residents, 2);
        change(residents, 3);
        residents.writeChanged();
        change(residents, 1);
        change(residents, 2);
        change(residents, 3);

        residents.forget(2);
        residents.writeChanged();

        assertThat(state.values).containsOnlyKeys(1, 3);
        assertThat(residents.holds(2)).isFalse();
        assertThat(residents.of(2).memory()).isEqualTo(INTAKE.newMemory());
    }

    @Test
    void keyThatIsNotHeldIsForgottenInStateToo() throws IOException {
        TestingKeyedState state = new TestingKeyedState(SHAPE, false);
        ResidentMemories<Integer> residents = memories(state, byKeys(1, 1));
        change(residents, 1);
        residents.of(2);

        residents.forget(1);

        assertThat(state.values).isEmpty();
    }

    @Test
    void capacityComesFromTheOptionsLessRoomForABatchToGrow() {
        long room = 64 << 10;
        MemoryConfig plain = MemoryConfig.plain();
        MemoryConfig byKeys =
                new MemoryConfig(plain.residentSize(), 7, plain.precision(), plain.stateLimit());

        assertThat(ResidentCapacity.of(plain, 64, 65))
                .isEqualTo(new ResidentCapacity((256L << 20) - room, Integer.MAX_VALUE, 64, 65));
        assertThat(ResidentCapacity.of(byKeys, 64, 65))
                .isEqualTo(new ResidentCapacity(Long.MAX_VALUE, 7, 64, 65));
    }

    private static void change(ResidentMemories<Integer> residents, int key) throws IOException {
        Resident<Integer> row = residents.of(key);
        row.memory().advance(row.memory().step());
        row.memory().layers()[row.memory().at()] += key;
        residents.changed(row);
    }

    private static ResidentCapacity byKeys(int keys, int atLeast) {
        return new ResidentCapacity(Long.MAX_VALUE, keys, atLeast, 0);
    }

    private static ResidentMemories<Integer> memories(ResidentCapacity capacity) {
        return memories(new TestingKeyedState(SHAPE, false), capacity);
    }

    private static ResidentMemories<Integer> memories(
            TestingKeyedState state, ResidentCapacity capacity) {
        return new ResidentMemories<>(
                state, state.memories(SHAPE), INTAKE::newMemory, capacity, new IntegerKeys());
    }

    /** Of few groups, so that many keys share one. */
    private static final class IntegerKeys implements KeyFacts<Integer> {

        @Override
        public int bytes(Integer key) {
            return KEY_BYTES;
        }

        @Override
        public int group(Integer key) {
            return Math.floorMod(key, 3);
        }
    }
}
