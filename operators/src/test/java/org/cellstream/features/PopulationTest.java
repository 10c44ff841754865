package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cellstream.config.Scaling;
import org.cellstream.config.StandardisationConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PopulationTest {

    private static final StandardisationConfig CONFIG =
            new StandardisationConfig(Scaling.STANDARD, 0.002, 6, 5);

    @Test
    void usualIsTheMedianOfKeysSoThatWildOnesDoNotCount() {
        Population population = population(CONFIG);
        for (int key = 0; key < 20; key++) {
            add(population, CONFIG, key, key < 3 ? 1e9 : 50, key < 3 ? 1e6 : 3);
        }

        Prior prior = prior(population, CONFIG);

        assertThat(prior.column(0).location()).isEqualTo(50, within(1.0));
        assertThat(prior.column(0).scale()).isEqualTo(3, within(0.5));
        assertThat(prior.column(0).locationEvents()).isEqualTo(5);
        assertThat(prior.column(0).scaleEvents()).isEqualTo(5);
        assertThat(prior.changes().scale()).isEqualTo(3 * Math.sqrt(2), within(0.7));
    }

    @Test
    void levelsThatDifferTellNothingButTheirScaleDoes() {
        Population population = population(CONFIG);
        for (int key = 0; key < 20; key++) {
            add(population, CONFIG, key, 100 * key, 3);
        }

        Usual usual = prior(population, CONFIG).column(0);

        assertThat(usual.locationEvents()).isZero();
        assertThat(usual.scaleEvents()).isEqualTo(5);
    }

    @Test
    void fewKeysTellNothing() {
        Population population = population(CONFIG);
        for (int key = 0; key < Population.LEAST_KEYS; key++) {
            assertThat(population.prior()).isNull();
            add(population, CONFIG, key, 50, 3);
        }

        assertThat(population.prior()).isNotNull();
        population.forget(0);
        assertThat(population.prior()).isNull();
    }

    @Test
    void keyTakesThePlaceOfAnotherOfItsHashAndForgettingThatOneLeavesItThere() {
        Population population = population(CONFIG);
        for (int key = 0; key < Population.LEAST_KEYS; key++) {
            add(population, CONFIG, (long) key << 20, 50, 3);
        }
        double[] before = population.kept();

        population.forget(7);

        // All of them led to place 0, of which the last one is there.
        assertThat(population.prior()).isNull();
        assertThat(population.kept()).isEqualTo(before);
    }

    @Test
    void whatIsKeptIsGoneOnFrom() {
        Population population = population(CONFIG);
        for (int key = 0; key < 20; key++) {
            add(population, CONFIG, key, 50, 3);
        }

        Population restored =
                new Population(TestingKey.of("x", CONFIG).pipeline, population.kept());
        Population ofOtherColumns =
                new Population(TestingKey.of("x, y", CONFIG).pipeline, population.kept());

        assertThat(restored.prior()).isEqualTo(population.prior());
        assertThat(ofOtherColumns.prior()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Scaling.class,
            names = {"STANDARD", "MEAN", "ROBUST"})
    void newKeyThatStartsFromThePriorIsScaledByItAtOnce(Scaling scaling) {
        StandardisationConfig config = new StandardisationConfig(scaling, 0.002, 6, 5);
        Population population = population(config);
        for (int key = 0; key < 40; key++) {
            add(population, config, key, 50, 3);
        }
        TestingKey known = TestingKey.of("x", config);
        TestingKey fresh = TestingKey.of("x", config);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            known.accept(50 + 3 * random.nextGaussian());
        }
        fresh.pipeline.startFrom(population.prior());

        known.accept(55);
        fresh.accept(55);

        assertThat(fresh.row[0]).isEqualTo(known.row[0], within(0.6f));
        assertThat(fresh.pipeline.changeScale(fresh.memory)).isEqualTo(4.2, within(0.6));
    }

    @ParameterizedTest
    @EnumSource(Scaling.class)
    void priorFadesAndTransformsAreThoseOfAFreshKey(Scaling scaling) {
        StandardisationConfig config = new StandardisationConfig(scaling, 0.01, 6, 5);
        Population population = population(config);
        for (int key = 0; key < 20; key++) {
            add(population, config, key, 50, 3);
        }
        TestingKey with = TestingKey.of("x=A|diff, y=A|lag(3)|log1p", config);
        TestingKey without = TestingKey.of("x=A|diff, y=A|lag(3)|log1p", config);
        with.pipeline.startFrom(
                Prior.values(
                        with.pipeline.fingerprint(),
                        new Usual(0, 0, 4, 5),
                        new Usual[] {new Usual(9, 5, 4, 3), new Usual(2, 0, 1, 5)}));
        Random random = new Random(2);

        for (int i = 0; i < 1500; i++) {
            double value = 20 + random.nextDouble();
            assertThat(with.accept(value)).isEqualTo(without.accept(value));
        }

        assertThat(with.row[0]).isEqualTo(without.row[0], within(0.05f));
        assertThat(with.row[1]).isEqualTo(without.row[1], within(0.05f));
    }

    private static Population population(StandardisationConfig config) {
        return new Population(TestingKey.of("x", config).pipeline, new double[0]);
    }

    private static Prior prior(Population population, StandardisationConfig config) {
        return Prior.of(
                population.prior(), TestingKey.of("x", config).pipeline.fingerprint(), 1, 5);
    }

    /** Adds a key of independent normal values. */
    private static void add(
            Population population,
            StandardisationConfig config,
            long hash,
            double level,
            double scale) {
        TestingKey key = TestingKey.of("x", config);
        Random random = new Random(hash);
        for (int i = 0; i < 60; i++) {
            key.accept(level + scale * random.nextGaussian());
        }
        population.add(hash, key.memory);
    }
}
