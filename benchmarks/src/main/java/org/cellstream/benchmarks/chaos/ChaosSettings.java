package org.cellstream.benchmarks.chaos;

/**
 * What a chaos run is like.
 *
 * @param kills processes that are killed
 * @param seed draws the events and the moments of the kills
 * @param training whether the job learns, and its weights take effect by event time
 * @param quick shorter, with fewer events a second
 */
record ChaosSettings(int kills, long seed, boolean training, boolean quick) {

    ChaosSettings {
        if (kills < 1) {
            throw new IllegalArgumentException("--kills is " + kills + "; need at least 1");
        }
    }

    int eventsPerSecond() {
        return quick ? 1000 : 2000;
    }

    double secondsPerKill() {
        return quick ? 8 : 12;
    }

    /** With training, few enough that an epoch is a matter of seconds. */
    int keys() {
        return training ? 1000 : quick ? 2000 : 5000;
    }

    String network() {
        return "lstm(32) dense(1)";
    }

    /** Events of a key that make a window, and an epoch. */
    int window() {
        return 4;
    }
}
