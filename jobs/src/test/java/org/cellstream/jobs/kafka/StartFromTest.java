package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a job without a checkpoint starts to read two partitions. */
class StartFromTest {

    private static final TopicPartition A = new TopicPartition("events", 0);
    private static final TopicPartition B = new TopicPartition("events", 1);
    private static final long DAY = 86_400_000;
    private static final long JANUARY_31 = 1_769_817_600_000L;

    /** Times of the records that the two still hold, from offset 100 on. */
    private static final Map<TopicPartition, List<Long>> RECORDS =
            Map.of(
                    A,
                    List.of(JANUARY_31 - DAY, JANUARY_31 - 1, JANUARY_31, JANUARY_31 + 1),
                    B,
                    List.of(JANUARY_31 - 5, JANUARY_31 + DAY));

    private static final long FIRST = 100;

    @Test
    void aTimeIsTheFirstRecordThatCameThenOrLater() {
        assertThat(offsets("2026-01-31")).isEqualTo(Map.of(A, FIRST + 2, B, FIRST + 1));
        assertThat(offsets(Long.toString(JANUARY_31 + 1)))
                .isEqualTo(Map.of(A, FIRST + 3, B, FIRST + 1));
        assertThat(offsets("2025-01-01T12:00:00Z")).isEqualTo(Map.of(A, FIRST, B, FIRST));
    }

    @Test
    void aTimeAfterTheLastRecordOfAPartitionIsItsEnd() {
        assertThat(offsets("2026-02-01")).isEqualTo(Map.of(A, FIRST + 4, B, FIRST + 1));
        assertThat(offsets("2027-01-01")).isEqualTo(Map.of(A, FIRST + 4, B, FIRST + 2));
    }

    @Test
    void aTimeThatKafkaDoesNotKnowIsTheFirstThatItDoes() {
        assertThat(offsets("1969-12-31")).isEqualTo(Map.of(A, FIRST, B, FIRST));
    }

    @Test
    void earliestIsTheFirstRecordThatIsStillThere() {
        assertThat(offsets("earliest"))
                .isEqualTo(
                        Map.of(
                                A,
                                KafkaPartitionSplit.EARLIEST_OFFSET,
                                B,
                                KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Test
    void latestIsAfterTheLastRecordThatWasThere() {
        assertThat(offsets("latest")).isEqualTo(Map.of(A, FIRST + 4, B, FIRST + 2));
    }

    private static Map<TopicPartition, Long> offsets(String word) {
        OffsetsInitializer start = StartFrom.parse(word).offsets();
        return start.getPartitionOffsets(List.of(A, B), new TestingPartitions());
    }

    /** Answers as Kafka does for {@link #RECORDS}. */
    private static final class TestingPartitions implements PartitionOffsetsRetriever {

        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            return Map.of();
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            return each(partitions, partition -> FIRST + RECORDS.get(partition).size());
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return each(partitions, partition -> FIRST);
        }

        private static Map<TopicPartition, Long> each(
                Collection<TopicPartition> partitions, ToLongFunction<TopicPartition> offset) {
            return partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, offset::applyAsLong));
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach(
                    (partition, time) -> {
                        if (time < 0) {
                            throw new IllegalArgumentException("Kafka knows no time " + time);
                        }
                        List<Long> records = RECORDS.get(partition);
                        for (int i = records.size() - 1; i >= 0 && records.get(i) >= time; i--) {
                            found.put(partition, new OffsetAndTimestamp(FIRST + i, records.get(i)));
                        }
                    });
            return found;
        }
    }
}
