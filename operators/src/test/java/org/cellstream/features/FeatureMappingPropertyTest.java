package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes of columns at random: some stay, some are new, in any order and under any name. */
class FeatureMappingPropertyTest {

    private static final int CHANGES = 500;
    private static final int MOST_EVENTS = 40;

    /** What a column may be; each takes every event below. The first six may be the target. */
    private static final List<String> SPECS =
            List.of(
                    "A|log",
                    "A|log|diff",
                    "B|diff|lag(2)|diff",
                    "A/B|log",
                    "C|abs|sqrt|lag(5)",
                    "C|clip(-1,1)|diff",
                    "gap",
                    "gap|log1p|diff|lag(3)");

    private static final int TARGETS = 6;

    /** Columns, and what each of them is. */
    private record Job(Columns columns, List<String> specs) {

        static Job random(Random random) {
            List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
            Collections.shuffle(names, random);
            int width = 1 + random.nextInt(names.size());
            List<String> specs = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            int target = random.nextInt(width);
            for (int c = 0; c < width; c++) {
                specs.add(SPECS.get(random.nextInt(c == target ? TARGETS : SPECS.size())));
                texts.add(names.get(c) + "=" + specs.get(c));
            }
            return new Job(Columns.parse(String.join(",", texts), names.get(target)), specs);
        }

        String target() {
            return specs.get(columns.targetIndex());
        }

        /** A column's part of a memory. */
        double[] block(int column, double[] memory) {
            MemoryLayout layout = new MemoryLayout(columns);
            return Arrays.copyOfRange(memory, layout.start(column), layout.end(column));
        }
    }

    private record Sample(double gap, Map<String, Double> fields) {

        static Sample random(Random random) {
            return new Sample(
                    random.nextInt(3) * random.nextDouble() * 100,
                    Map.of(
                            "A",
                            Math.exp(random.nextGaussian()),
                            "B",
                            1 + random.nextDouble(),
                            "C",
                            1e3 * random.nextGaussian()));
        }

        double into(TestingKey key, Job job) {
            double[] numbers = job.columns().fields().stream().mapToDouble(fields::get).toArray();
            return key.acceptAfter(gap, numbers);
        }
    }

    @Test
    void keptColumnsGoOnAndNewOnesStartFresh() {
        Random random = new Random(8);
        int warmBesideCold = 0;

        for (int i = 0; i < CHANGES; i++) {
            Job before = Job.random(random);
            Job now = Job.random(random);
            TestingKey unchanged = afterSome(before, random);
            FeatureMapping mapping = FeatureMapping.between(before.columns(), now.columns());
            TestingKey mapped = TestingKey.with(now.columns(), mapping.map(unchanged.memory));
            TestingKey fresh = TestingKey.of(now.columns());
            int[] origins = now.specs().stream().mapToInt(before.specs()::indexOf).toArray();

            for (int event = 0; event < MOST_EVENTS; event++) {
                Sample sample = Sample.random(random);
                sample.into(unchanged, before);
                sample.into(fresh, now);
                sample.into(mapped, now);
                for (int c = 0; c < origins.length; c++) {
                    boolean kept = origins[c] >= 0;
                    int column = kept ? origins[c] : c;
                    TestingKey reference = kept ? unchanged : fresh;
                    double[] block = (kept ? before : now).block(column, reference.memory);
                    assertThat(mapped.row[c]).isEqualTo(reference.row[column]);
                    assertThat(now.block(c, mapped.memory)).containsExactly(block);
                }
            }

            int kept = (int) Arrays.stream(origins).filter(o -> o >= 0).count();
            assertThat(mapping.kept()).isEqualTo(kept);
            warmBesideCold += kept > 0 && kept < origins.length ? 1 : 0;
        }
        assertThat(warmBesideCold).isGreaterThan(CHANGES / 4);
    }

    @Test
    void targetGoesOnOrStartsFresh() {
        Random random = new Random(9);
        Standardisation standardisation = new Standardisation(TestingKey.CONFIG);
        int keptTargets = 0;

        for (int i = 0; i < CHANGES; i++) {
            Job before = Job.random(random);
            Job now = Job.random(random);
            TestingKey unchanged = afterSome(before, random);
            FeatureMapping mapping = FeatureMapping.between(before.columns(), now.columns());
            TestingKey mapped = TestingKey.with(now.columns(), mapping.map(unchanged.memory));
            boolean kept = before.target().equals(now.target());
            boolean known = kept && unchanged.pipeline.hasTarget(unchanged.memory);
            assertThat(mapping.keepsTarget()).isEqualTo(kept);
            assertThat(mapped.pipeline.hasTarget(mapped.memory)).isEqualTo(known);

            double scale = 0;
            double last = 0;
            for (int event = 0; event < MOST_EVENTS; event++) {
                Sample sample = Sample.random(random);
                double unchangedTarget = sample.into(unchanged, before);
                double target = sample.into(mapped, now);
                if (event > 0) {
                    scale = standardisation.changeScale(scale, target - last, event);
                }
                last = target;

                double mappedScale = mapped.pipeline.changeScale(mapped.memory);
                if (kept) {
                    assertThat(target).isEqualTo(unchangedTarget);
                    assertThat(mappedScale)
                            .isEqualTo(unchanged.pipeline.changeScale(unchanged.memory));
                } else {
                    assertThat(mappedScale).isEqualTo(scale);
                }
            }
            keptTargets += kept ? 1 : 0;
        }
        assertThat(keptTargets).isBetween(CHANGES / 20, CHANGES / 2);
    }

    @Test
    void mappingToTheSameColumnsChangesNothing() {
        Random random = new Random(10);

        for (int i = 0; i < CHANGES; i++) {
            Job job = Job.random(random);
            TestingKey key = afterSome(job, random);
            FeatureMapping mapping = FeatureMapping.between(job.columns(), job.columns());

            double[] mapped = mapping.map(key.memory);

            assertThat(mapped).containsExactly(key.memory).isNotSameAs(key.memory);
            assertThat(mapping.keepsAll()).isTrue();
        }
    }

    /** There and back again, through columns that hold all of the first ones. */
    @Test
    void mappingToMoreColumnsAndBackChangesNothing() {
        Random random = new Random(12);

        for (int i = 0; i < CHANGES; i++) {
            Job job = Job.random(random);
            TestingKey key = afterSome(job, random);
            Columns more = Columns.parse("more=C|lag(4)," + job.columns(), job.columns().target());

            double[] memory = FeatureMapping.between(job.columns(), more).map(key.memory);
            double[] back = FeatureMapping.between(more, job.columns()).map(memory);

            assertThat(back).containsExactly(key.memory);
        }
    }

    private static TestingKey afterSome(Job job, Random random) {
        TestingKey key = TestingKey.of(job.columns());
        for (int events = random.nextInt(MOST_EVENTS); events > 0; events--) {
            Sample.random(random).into(key, job);
        }
        return key;
    }
}
