package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpertsTest {

    static Stream<ExpertsConfig> configs() {
        return Stream.of(
                ExpertsConfig.all(0).tell(true),
                ExpertsConfig.all(5).tell(true),
                TestingKey.config(3, ExpertChoice.BEST, ExpertName.values()),
                TestingKey.config(0, ExpertChoice.MIXTURE));
    }

    /** One object serves all keys: nothing of one may reach another. */
    @ParameterizedTest
    @MethodSource("configs")
    void keysThatShareTheirExpertsAreAsKeysAlone(ExpertsConfig config) {
        Experts shared = new Experts(config);
        Random random = new Random(1);
        int keys = 5;
        TestingKey[] alone = new TestingKey[keys];
        ExpertMemory[] memories = new ExpertMemory[keys];
        double[] made = new double[keys];
        Arrays.fill(made, Double.NaN);
        Spoken spoken = new Spoken();
        for (int t = 0; t < 2_000; t++) {
            int key = random.nextInt(keys);
            double target = random.nextGaussian() + key;
            alone[key] = alone[key] == null ? new TestingKey(config) : alone[key];
            memories[key] = shared.fitting(memories[key]).copy();

            shared.meet(memories[key], target, made[key]);
            double anomaly = shared.anomaly();
            shared.speak(memories[key], target / 2, spoken);
            made[key] = spoken.value();

            assertThat(spoken.value()).isEqualTo(alone[key].next(target, target / 2));
            assertThat(spoken.told()).isEqualTo(alone[key].told());
            assertThat(spoken.low()).isEqualTo(Double.valueOf(alone[key].spoken.low()));
            assertThat(anomaly).isEqualTo(Double.valueOf(alone[key].experts.anomaly()));
            assertThat(memories[key]).isEqualTo(alone[key].memory);
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void whateverTheTargetsAreTheForecastIsANumber(ExpertsConfig config) {
        double[] kinds = {0, 1e12, -1e12, 1e300, -1e300, 1e-300, Double.MAX_VALUE, 3, 3, 3};
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            TestingKey key = new TestingKey(config);
            double kind = 1;
            for (int t = 0; t < 1_000; t++) {
                kind = random.nextInt(20) == 0 ? kinds[random.nextInt(kinds.length)] : kind;
                double target = random.nextBoolean() ? kind : kind * random.nextDouble();
                double network = random.nextInt(50) == 0 ? 1e300 : target + random.nextGaussian();

                assertThat(key.next(target, network)).isFinite();
                assertThat(key.spoken.share()).isBetween(0.0, 1.0);
            }
            double last = 0;
            for (int t = 0; t < 3_000; t++) {
                last = key.next(5 + 0.001 * random.nextGaussian());
            }
            assertThat(last).isBetween(4.9, 5.1);
        }
    }

    @Test
    void constantKeyIsForecastExactly() {
        TestingKey key = new TestingKey(ExpertsConfig.all(4));
        for (int t = 0; t < 500; t++) {
            assertThat(key.next(0.1)).isEqualTo(0.1);
        }

        assertThat(key.spoken.low()).isEqualTo(0.1);
        assertThat(key.spoken.high()).isEqualTo(0.1);
    }

    @Test
    void nothingIsLearnedFromWhatWasFedBack() {
        TestingKey key = new TestingKey(ExpertsConfig.all(0));
        Random random = new Random(2);
        for (int t = 0; t < 200; t++) {
            key.next(random.nextGaussian());
        }
        float[] learned = key.memory.floats().clone();
        double width = key.spoken.high() - key.spoken.low();

        for (int t = 0; t < 30; t++) {
            key.fedBack(key.spoken.value());
            assertThat(key.experts.anomaly()).isNaN();
            assertThat(key.experts.judged()).isFalse();
        }

        assertThat(key.memory.floats()).isEqualTo(learned);
        assertThat(key.spoken.high() - key.spoken.low()).isCloseTo(width, withinABit(width));
    }

    private static org.assertj.core.data.Offset<Double> withinABit(double width) {
        return org.assertj.core.api.Assertions.within(1e-9 * width);
    }

    @Test
    void beginningForgetsTheLastTargetsAndNotWhatWasLearned() {
        TestingKey key = new TestingKey(ExpertsConfig.all(0).tell(true));
        Random random = new Random(3);
        for (int t = 0; t < 200; t++) {
            key.next(random.nextGaussian());
        }
        float[] learned = key.memory.floats().clone();

        key.startAnew(100);

        int ar = ExpertsConfig.all(0).experts().indexOf(ExpertName.AR);
        assertThat(key.memory.floats()).isEqualTo(learned);
        assertThat(key.told()[0]).isEqualTo(100);
        assertThat(key.told()[ar]).isNaN();
        for (int t = 1; t < 20; t++) {
            key.next(random.nextGaussian());
            assertThat(Double.isNaN(key.told()[ar])).isEqualTo(t < 19);
        }
    }

    @Test
    void memoryOfOtherSettingsStartsAfresh() {
        TestingKey key = new TestingKey(ExpertsConfig.all(4));
        key.next(1);
        ExpertMemory known = key.memory;
        Experts same = new Experts(ExpertsConfig.all(4).tell(true));
        Experts otherSeason = new Experts(ExpertsConfig.all(5));
        Experts fewer = new Experts(TestingKey.config(4, ExpertChoice.BEST, ExpertName.LAST));

        assertThat(same.fitting(known)).isSameAs(known);
        assertThat(otherSeason.fitting(known)).isEqualTo(otherSeason.fitting(null));
        assertThat(fewer.fitting(known)).isEqualTo(fewer.fitting(null)).isNotEqualTo(known);
    }

    @Test
    void nothingIsAllocatedForAnEvent() {
        Experts experts = new Experts(ExpertsConfig.all(4));
        ExpertMemory memory = experts.fitting(null);
        Spoken spoken = new Spoken();
        double[] targets = new Random(4).doubles(1_000).toArray();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) { // what compiles meanwhile may allocate
            long before = thread.getCurrentThreadAllocatedBytes();
            for (double target : targets) {
                experts.meet(memory, target, spoken.value());
                experts.speak(memory, target / 2, spoken);
            }
            fewest = Math.min(fewest, thread.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(fewest).isLessThan(targets.length); // less than a byte each
    }

    /** The README's table has these bytes. */
    @Test
    void memoryIsAsSmallAsDocumented() {
        assertThat(bytes(ExpertsConfig.all(0))).isEqualTo(96 + 16 + 1_024 + 160 + 40 + 16 + 104);
        assertThat(bytes(TestingKey.config(0, ExpertChoice.MIXTURE, ExpertName.LAST)))
                .isEqualTo(96 + 16 + 8);
        assertThat(bytes(TestingKey.config(0, ExpertChoice.MIXTURE))).isEqualTo(96 + 8);
        int season = 24;
        assertThat(bytes(ExpertsConfig.all(season)))
                .isEqualTo(
                        96 + 16 + 16 + 1_024 + 2 * (40 + 4 * season) + 16 + 164 + 8 * (season + 1));
    }

    /** As a section of a key's memory: two whole numbers, doubles and floats. */
    private static int bytes(ExpertsConfig config) {
        ExpertMemory memory = new Experts(config).fitting(null);
        return 8 + 8 * memory.doubles().length + 4 * memory.floats().length;
    }
}
