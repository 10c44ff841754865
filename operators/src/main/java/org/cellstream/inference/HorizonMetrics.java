package org.cellstream.inference;

import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.cellstream.event.Forecast;

/** Sums of errors by horizon; {@link InferenceMetrics} names them. */
final class HorizonMetrics {

    private final double[] absolute;
    private final double[] persistenceAbsolute;
    private volatile double[] shown;
    private volatile double[] persistenceShown;

    HorizonMetrics(MetricGroup group, List<Integer> horizons) {
        absolute = new double[horizons.size()];
        persistenceAbsolute = new double[horizons.size()];
        shown = absolute.clone();
        persistenceShown = absolute.clone();
        for (int i = 0; i < absolute.length; i++) {
            int index = i;
            int ahead = horizons.get(i);
            group.gauge("absoluteErrorSumAhead" + ahead, () -> shown[index]);
            group.gauge("persistenceAbsoluteErrorSumAhead" + ahead, () -> persistenceShown[index]);
        }
    }

    void emitted(Forecast<?> forecast) {
        for (int i = 0; i < forecast.horizonErrors().length; i++) {
            double error = forecast.horizonErrors()[i];
            double persistence = forecast.horizonPersistenceErrors()[i];
            if (!Double.isNaN(error) && !Double.isNaN(persistence)) {
                absolute[i] += Math.abs(error);
                persistenceAbsolute[i] += Math.abs(persistence);
            }
        }
    }

    /** Shows the sums; not for each event, since other threads have to be told. */
    void show() {
        if (absolute.length > 0) {
            shown = absolute.clone();
            persistenceShown = persistenceAbsolute.clone();
        }
    }
}
