package org.cellstream;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * The metrics of an operator in a harness. The harness reports them to nobody, so they are read
 * from where Flink's group keeps them.
 */
public final class TestingMetrics {

    private final Map<String, Metric> metrics;

    public TestingMetrics(MetricGroup operator) {
        try {
            Field field = AbstractMetricGroup.class.getDeclaredField("metrics");
            field.setAccessible(true);
            @SuppressWarnings("unchecked") // what the field is declared as
            Map<String, Metric> all =
                    (Map<String, Metric>) field.get(operator.addGroup("cellstream"));
            metrics = all;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Flink's metric groups have no field \"metrics\"", e);
        }
    }

    public Set<String> names() {
        return new TreeSet<>(metrics.keySet());
    }

    /** A counter's count, a histogram's number of values, or a gauge's value. */
    public double value(String name) {
        Metric metric = metrics.get(name);
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        if (metric instanceof Histogram histogram) {
            return histogram.getCount();
        }
        if (metric instanceof Gauge<?> gauge) {
            return ((Number) gauge.getValue()).doubleValue();
        }
        throw new AssertionError("no metric " + name + " among " + names());
    }
}
