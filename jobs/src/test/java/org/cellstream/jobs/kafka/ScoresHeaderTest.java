package org.cellstream.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.cellstream.event.Scores;
import org.cellstream.event.WeightUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresHeaderTest {

    private static final String NETWORK = "dense(1) over 3 inputs";

    private static WeightUpdate update(Scores scores) {
        return new WeightUpdate(
                2, 9, NETWORK, WeightUpdate.AT_ARRIVAL, new float[] {1, -2, 3, 4}, scores);
    }

    /** Through slices of two floats, their records and back. */
    private static WeightUpdate through(WeightUpdate update) throws Exception {
        WeightAssembler assembler = new WeightAssembler(NETWORK, 4);
        WeightUpdate whole = null;
        for (WeightSlice slice : WeightSlices.cut(update, 2)) {
            whole = assembler.add(WeightSlice.decode(consumed(encoded(slice))));
        }
        return whole;
    }

    private static ProducerRecord<byte[], byte[]> encoded(WeightSlice slice) {
        return new WeightSliceEncoder("weights").encode(slice);
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                "weights",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void scoresSurviveTheWayThroughKafkaToTheLastBit(Scores.Why why) throws Exception {
        WeightUpdate update =
                update(new Scores(why, 0.1 + 0.2, 1.0 / 3, Double.NaN, 12_345, 0.25, 2));

        assertThat(through(update)).isEqualTo(update);
    }

    @Test
    void priorSurvivesTheWayThroughKafkaToTheLastBit() throws Exception {
        double[] prior = {-123456789, 0.1 + 0.2, 5, 1e300, 0, Double.MIN_VALUE, 63};

        WeightUpdate through = through(update(null).prior(prior));

        assertThat(through).isEqualTo(update(null).prior(prior));
        assertThat(through.prior()).containsExactly(prior);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "prior", "{\"a\":1}", "[1, \"a\"]", "[1, [2]]", "[1, 2"})
    void priorThatCannotBeReadIsPassedOver(String header) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("prior", header.getBytes(UTF_8));

        assertThat(PriorHeader.read(headers)).isNull();
    }

    @Test
    void weightsWithoutScoresStayWithout() throws Exception {
        assertThat(through(update(null))).isEqualTo(update(null));
    }

    @Test
    void recordIsTheSameAsBeforeThereWereScores() {
        Scores scores = new Scores(Scores.Why.LEARNED, 1, 2, 3, 4, 1, 0);
        WeightSlice with = WeightSlices.cut(update(scores)).get(0);
        WeightSlice without = WeightSlices.cut(update(null)).get(0);

        assertThat(with.encode()).isEqualTo(without.encode());
        assertThat(encoded(without).headers()).isEmpty();
        assertThat(new String(encoded(with).headers().lastHeader("scores").value(), UTF_8))
                .isEqualTo(
                        "{\"why\":\"learned\",\"candidate\":1.0,\"published\":2.0,"
                                + "\"persistence\":3.0,\"samples\":4,\"rate\":1.0,\"drifts\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "scores",
                "[1]",
                "{\"why\":\"unheard of\"}",
                "{\"why\":\"learned\",\"candidate\":\"much\"}",
                "{\"why\":\"learned\",\"samples\":1e99}",
                "{\"why\":"
            })
    void whatCannotBeReadIsPassedOver(String header) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("scores", header.getBytes(UTF_8));

        assertThat(ScoresHeader.read(headers)).isNull();
    }

    @Test
    void fieldsThatAreNotKnownArePassedOver() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(
                "scores",
                "{\"more\":[{\"a\":1}],\"why\":\"rolledBack\",\"candidate\":0.5}".getBytes(UTF_8));

        assertThat(List.of(ScoresHeader.read(headers)))
                .extracting(Scores::why, Scores::candidate, Scores::published)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Scores.Why.ROLLED_BACK, 0.5, Double.NaN));
    }
}
