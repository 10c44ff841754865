package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** How often what a job writes is there after a failure. */
@Internal
public enum Delivery {
    /** Once, for those who read committed records; they see it when a checkpoint has completed. */
    EXACTLY_ONCE("exactly-once", DeliveryGuarantee.EXACTLY_ONCE),
    /** Once or more, at once. The state still counts every event once. */
    AT_LEAST_ONCE("at-least-once", DeliveryGuarantee.AT_LEAST_ONCE);

    private final String word;
    private final DeliveryGuarantee guarantee;

    Delivery(String word, DeliveryGuarantee guarantee) {
        this.word = word;
        this.guarantee = guarantee;
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
