package org.cellstream.training;

import org.cellstream.features.Population;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Watches what is usual among the keys, for those never seen. The trainer's own new keys start from
 * what was published last, as the forecaster's do, so that both see the same inputs.
 */
final class KnownKeys<K> {

    /** A key's statistics are looked at once in so many of its events: by then they are its own. */
    static final int EVERY = 20;

    private final Intake intake;
    private final KeyHash<K> hash;
    private final Population population;
    private final boolean on;
    private double @Nullable [] published;

    /**
     * @param most events that a prior is worth; 0 for none
     */
    KnownKeys(Intake intake, KeyHash<K> hash, int most, PopulationSnapshot restored) {
        this.intake = intake;
        this.hash = hash;
        this.population = intake.population(restored.kept());
        this.on = most > 0;
        this.published = restored.published();
        intake.startFrom(published);
    }

    /** Notes that an event of a key was taken in. */
    void took(K key, KeyMemory memory) {
        if (on && memory.step() > 0 && memory.step() % EVERY == 0) {
            population.add(hash.of(key), memory.features());
        }
    }

    /** Drops what is known of a key. */
    void forget(K key) {
        population.forget(hash.of(key));
    }

    /** What is usual now; new keys start from it from now on. */
    double @Nullable [] publish() {
        if (on) {
            double[] usual = population.prior();
            published = usual == null ? published : usual;
            intake.startFrom(published);
        }
        return on ? published : null;
    }

    PopulationSnapshot snapshot() {
        return new PopulationSnapshot(population.kept(), published);
    }
}
