package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cellstream.learn.TrialResult;
import org.junit.jupiter.api.Test;

class LeadTest {

    private static final double NOISE = 0.05;

    private static TrialResult error(double error) {
        return new TrialResult(error, 1, 1, 1, new float[0][], new float[0][]);
    }

    private static Lead after(Lead lead, double difference) {
        return lead.after(error(1 + difference), error(1), true);
    }

    /** The round in which the challenger is first said to lose; {@code rounds} if in none. */
    private static int losesAt(int rounds, double difference, long seed) {
        Random random = new Random(seed);
        Lead lead = Lead.NEW;
        for (int round = 0; round < rounds; round++) {
            lead = after(lead, difference + NOISE * random.nextGaussian());
            if (lead.loses()) {
                return round;
            }
        }
        return rounds;
    }

    @Test
    void versionsThatDoAsWellAreSeldomSaidToLoseInAThousandRounds() {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            alarms += losesAt(1_000, 0, seed) < 1_000 ? 1 : 0;
        }

        assertThat(alarms).isLessThanOrEqualTo(10);
    }

    @Test
    void versionThatDoesMuchWorseLosesWithinFourRounds() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(losesAt(10, 0.3, seed)).isLessThan(4);
        }
    }

    @Test
    void errorsThatAreNoNumbersLoseAtOnce() {
        assertThat(after(Lead.NEW, Double.NaN).loses()).isTrue();
    }

    @Test
    void minibatchesOfOneRoundAreOneObservation() {
        Lead lead = Lead.NEW;
        for (int i = 0; i < 100; i++) {
            lead = lead.after(error(1.2), error(1), false);
        }

        assertThat(lead.loses()).isFalse();
        assertThat(lead.rounds()).isZero();
        assertThat(lead.after(error(1.2), error(1), true).rounds()).isEqualTo(1);
    }
}
