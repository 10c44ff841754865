package org.cellstream.benchmarks.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is done to a cluster, and when. Drawn from a seed.
 *
 * @param blows in order of time
 */
record Mischief(List<Blow> blows) {

    /** One in so many kills is the JobManager's. */
    private static final int KILLS_PER_JOB_MANAGER = 5;

    /** What a blow hits. */
    enum Victim {
        TASK_MANAGER,
        JOB_MANAGER,
        BROKER
    }

    /**
     * One blow.
     *
     * @param seconds when, from the first event on
     * @param draw decides between processes of the same kind
     */
    record Blow(double seconds, Victim victim, int draw) {}

    Mischief {
        blows = List.copyOf(blows);
    }

    /**
     * Draws moments at random between two times: kills, at least one of them the JobManager's if
     * there is more than one, and one restart of the broker.
     */
    static Mischief draw(long seed, int kills, double from, double to) {
        Random random = new Random(seed);
        int jobManagers = kills < 2 ? 0 : Math.max(1, kills / KILLS_PER_JOB_MANAGER);
        List<Blow> blows = new ArrayList<>();
        for (int i = 0; i <= kills; i++) {
            Victim victim =
                    i == kills
                            ? Victim.BROKER
                            : i < jobManagers ? Victim.JOB_MANAGER : Victim.TASK_MANAGER;
            double seconds = from + (to - from) * random.nextDouble();
            blows.add(new Blow(seconds, victim, random.nextInt(Integer.MAX_VALUE)));
        }
        Collections.sort(blows, Comparator.comparingDouble(Blow::seconds));
        return new Mischief(blows);
    }
}
