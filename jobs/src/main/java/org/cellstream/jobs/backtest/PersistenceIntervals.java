package org.cellstream.jobs.backtest;

import java.util.List;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;

/**
 * Intervals around the last value, by the method by which a job makes its own: it is the job's
 * class, with the last value as the only expert.
 */
final class PersistenceIntervals {

    private final Experts experts;

    /**
     * @param coverage what they promise; 0 for none
     */
    PersistenceIntervals(double coverage) {
        experts =
                new Experts(
                        new ExpertsConfig(
                                List.of(ExpertName.LAST),
                                0,
                                ExpertChoice.MIXTURE,
                                false,
                                coverage));
    }

    /** The intervals for a key's events; none for events whose target is unknown. */
    Band of(double[] targets) {
        double[] low = new double[targets.length];
        double[] high = new double[targets.length];
        ExpertMemory memory = experts.fitting(null);
        Spoken spoken = new Spoken();
        double last = Double.NaN;
        for (int i = 0; i < targets.length; i++) {
            low[i] = Double.isNaN(last) ? Double.NaN : spoken.low();
            high[i] = Double.isNaN(last) ? Double.NaN : spoken.high();
            if (!Double.isNaN(targets[i])) {
                experts.meet(memory, targets[i], last);
                experts.speak(memory, targets[i], spoken);
                last = targets[i];
            }
        }
        return new Band(low, high);
    }
}
