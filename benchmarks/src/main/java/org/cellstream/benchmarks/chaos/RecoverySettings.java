package org.cellstream.benchmarks.chaos;

import java.util.List;

/**
 * What is killed how often.
 *
 * @param kills TaskManagers that are killed, one after the other
 * @param seed draws the events
 * @param training whether the job learns, its weights taking effect at arrival
 * @param quick shorter pauses
 */
record RecoverySettings(int kills, long seed, boolean training, boolean quick) {

    RecoverySettings {
        if (kills < 1) {
            throw new IllegalArgumentException("--kills is " + kills + "; need at least 1");
        }
    }

    int keys() {
        return 10_000;
    }

    int eventsPerSecond() {
        return 2000;
    }

    /** How long a standby TaskManager is registered before a kill. */
    int standbySeconds() {
        return quick ? 10 : 30;
    }

    List<String> options() {
        return List.of("network: lstm(64) dense(1)", "training.enabled: " + training);
    }
}
