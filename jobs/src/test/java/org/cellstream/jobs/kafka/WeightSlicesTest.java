package org.cellstream.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightSlicesTest {

    private static final String NETWORK = "lstm(3) dense(1) over 2 inputs";
    private static final int SIZE = 10;
    private static final int FLOATS = 4;
    private static final int TRIALS = 300;

    static LongStream seeds() {
        return LongStream.range(0, TRIALS);
    }

    @Test
    void survivesTheWayThroughBytes() throws Exception {
        WeightSlice slice = WeightSlices.cut(version(3, 6), FLOATS).get(2);

        WeightSlice read = WeightSlice.decode(slice.encode());

        assertThat(read).isEqualTo(slice);
        assertThat(read.values()).hasSize(2);
        assertThat(new String(slice.key(), UTF_8)).isEqualTo("2/2");
        assertThat(new String(slice.encode(), 0, 4, UTF_8)).isEqualTo("CSTW");
    }

    @Test
    void fitsIntoARecordOfAMegabyte() {
        WeightUpdate update =
                new WeightUpdate(1, 1, NETWORK, WeightUpdate.AT_ARRIVAL, new float[300_000]);

        List<WeightSlice> slices = WeightSlices.cut(update);

        assertThat(slices).hasSize(3).allMatch(s -> s.encode().length < 1_000_000);
    }

    @Test
    void cutsNothingOfWeightsThatAreUnchanged() {
        assertThat(WeightSlices.cut(new WeightUpdate(1, 1, NETWORK, 7, new float[0]))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheNewestVersionWhateverTheOrderOfItsSlices(long seed) {
        Random random = new Random(seed);
        List<WeightSlice> slices = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            slices.addAll(WeightSlices.cut(version(1, number), FLOATS));
        }
        Collections.shuffle(slices, random);

        assertThat(newest(slices)).isEqualTo(version(1, 6));
    }

    /**
     * A trainer writes in order, may die in the middle of a version, and comes back with a new
     * generation or the same one.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void findsAWholeVersionAfterCompactionAndNeverMixesTwo(long seed) {
        Random random = new Random(seed);
        List<WeightSlice> log = new ArrayList<>();
        List<WeightUpdate> whole = new ArrayList<>();
        int generation = 1;
        int number = 0;
        for (int i = 0; i < 30; i++) {
            WeightUpdate next = randomVersion(generation, ++number, random);
            List<WeightSlice> slices = WeightSlices.cut(next, FLOATS);
            if (i > 0 && random.nextInt(4) == 0) {
                log.addAll(slices.subList(0, random.nextInt(slices.size())));
                boolean fresh = random.nextBoolean();
                generation += fresh ? 1 : 0;
                number = fresh ? 0 : number - 1;
            } else {
                log.addAll(slices);
                whole.add(next);
            }
        }

        WeightUpdate read = newest(compacted(log, random));

        // A version that a new generation began to write may share its keys with the last whole
        // one.
        assertThat(read).isIn(whole.subList(Math.max(0, whole.size() - 2), whole.size()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsOnlyVersionsThatWereWrittenWhateverIsMissing(long seed) {
        Random random = new Random(seed);
        List<WeightSlice> slices = new ArrayList<>();
        List<WeightUpdate> written = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            WeightUpdate update =
                    randomVersion(1 + i / 4, 1 + i % 3, random); // some versions twice
            written.add(update);
            slices.addAll(WeightSlices.cut(update, 1 + random.nextInt(SIZE)));
        }
        slices.removeIf(s -> random.nextInt(5) == 0);
        Collections.shuffle(slices, random);
        WeightAssembler assembler = new WeightAssembler(NETWORK, SIZE);

        for (WeightSlice slice : slices) {
            WeightUpdate whole = assembler.add(slice);

            assertThat(whole == null || written.contains(whole)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rollBackIsTheNewestAlthoughItsFloatsAreOld(long seed) {
        WeightUpdate old = version(1, 1);
        WeightUpdate rolledBack =
                new WeightUpdate(1, 5, NETWORK, WeightUpdate.AT_ARRIVAL, old.values());
        List<WeightSlice> log = new ArrayList<>();
        for (WeightUpdate update :
                List.of(old, version(1, 2), version(1, 3), version(1, 4), rolledBack)) {
            log.addAll(WeightSlices.cut(update, FLOATS));
        }

        assertThat(newest(compacted(log, new Random(seed)))).isEqualTo(rolledBack);
    }

    @Test
    void passesOverSlicesOfOtherNetworks() {
        List<WeightSlice> slices = new ArrayList<>(WeightSlices.cut(version(1, 1), FLOATS));
        slices.addAll(
                WeightSlices.cut(
                        new WeightUpdate(
                                9,
                                9,
                                "dense(1) over 9 inputs",
                                WeightUpdate.AT_ARRIVAL,
                                new float[SIZE]),
                        FLOATS));

        assertThat(newest(slices)).isEqualTo(version(1, 1));
    }

    @Test
    void isMadeAgainFromTheSlicesThatWait() {
        List<WeightSlice> slices = WeightSlices.cut(version(1, 1), FLOATS);
        WeightAssembler before = new WeightAssembler(NETWORK, SIZE);
        before.add(slices.get(0));
        before.add(slices.get(2));

        WeightAssembler after = new WeightAssembler(NETWORK, SIZE);
        before.waiting().forEach(after::add);

        assertThat(after.add(slices.get(1))).isEqualTo(version(1, 1));
        assertThat(after.waiting()).isEmpty();
    }

    @Test
    void keepsFewHalfVersions() {
        WeightAssembler assembler = new WeightAssembler(NETWORK, SIZE);
        for (int number = 0; number < 1000; number++) {
            assembler.add(WeightSlices.cut(version(1, number), FLOATS).get(0));
        }

        assertThat(assembler.waiting()).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void refusesBrokenBytesOrReadsASlice(long seed) {
        Random random = new Random(seed);
        byte[] bytes = WeightSlices.cut(version(1, 1), FLOATS).get(0).encode();
        byte[] broken = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        for (int i = 0; i < 3 && broken.length > 0; i++) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }

        try {
            WeightSlice read = WeightSlice.decode(broken);
            assertThat(newest(List.of(read))).isNull();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(record|slice) .*");
        }
    }

    @Test
    void saysWhichFormatItFound() {
        byte[] later = WeightSlices.cut(version(1, 1), FLOATS).get(0).encode();
        later[4] = 2;

        assertThatThrownBy(() -> WeightSlice.decode(later))
                .isInstanceOf(IOException.class)
                .hasMessage("slice has format 2; this reads format 1");
    }

    private static WeightUpdate newest(List<WeightSlice> slices) {
        WeightAssembler assembler = new WeightAssembler(NETWORK, SIZE);
        slices.forEach(assembler::add);
        return assembler.newest();
    }

    /** What compaction may leave: of each key the last record, and of the log's end everything. */
    private static List<WeightSlice> compacted(List<WeightSlice> log, Random random) {
        int dirty = random.nextBoolean() ? log.size() : random.nextInt(log.size());
        Map<String, WeightSlice> last = new LinkedHashMap<>();
        for (WeightSlice slice : log.subList(0, dirty)) {
            String key = new String(slice.key(), UTF_8);
            last.remove(key);
            last.put(key, slice);
        }
        List<WeightSlice> left = new ArrayList<>(last.values());
        left.addAll(log.subList(dirty, log.size()));
        return left;
    }

    private static WeightUpdate version(long generation, long number) {
        return randomVersion(generation, number, new Random(31 * generation + number));
    }

    private static WeightUpdate randomVersion(long generation, long number, Random random) {
        float[] values = new float[SIZE];
        IntStream.range(0, SIZE).forEach(i -> values[i] = random.nextFloat());
        return new WeightUpdate(generation, number, NETWORK, WeightUpdate.AT_ARRIVAL, values);
    }
}
