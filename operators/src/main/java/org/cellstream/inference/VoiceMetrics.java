package org.cellstream.inference;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.cellstream.config.ExpertName;

/**
 * Counts who spoke, and how events met the intervals around it; {@link InferenceMetrics} names the
 * counters.
 */
final class VoiceMetrics {

    private final Map<String, Counter> speakers = new HashMap<>();
    private final Counter conformalEvents;
    private final Counter conformalCoveredEvents;

    VoiceMetrics(MetricGroup group) {
        for (ExpertName name : ExpertName.values()) {
            speakers.put(name.toString(), group.counter("spoke" + camel(name.toString())));
        }
        conformalEvents = group.counter("conformalEvents");
        conformalCoveredEvents = group.counter("conformalCoveredEvents");
    }

    private static String camel(String word) {
        StringBuilder camel = new StringBuilder();
        for (String part : word.split("-", -1)) {
            camel.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
        }
        return camel.toString();
    }

    void spoke(String speaker, Head.Verdict interval) {
        Counter counter = speakers.get(speaker);
        if (counter != null) {
            counter.inc();
        }
        if (interval != Head.Verdict.NONE) {
            conformalEvents.inc();
            conformalCoveredEvents.inc(interval == Head.Verdict.INSIDE_INTERVAL ? 1 : 0);
        }
    }
}
